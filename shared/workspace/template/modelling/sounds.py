"""Files of sound as numbers: what their spectrum is like, and how it changes."""

from __future__ import annotations

import struct
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

import mw

BANDS = 32
MOMENTS = 8
MOST_SECONDS = 300
"""Of longer recordings the beginning counts."""

WINDOW_SECONDS = 0.032
QUIET = 1e-10
STATISTICS = ("mean", "deviation", "loud", "change")
WHOLE = ("log seconds", "log loudness", "crossings", "centre", "peak over mean")


def sound_names(name: str) -> list[str]:
    """What `describe_sounds` gives for the feature `name`."""
    bands = [f"{what} {band}" for what in STATISTICS for band in range(BANDS)]
    course = [f"at {m} band {4 * band}" for m in range(MOMENTS) for band in range(BANDS // 4)]
    return [f"{name} {part}" for part in [*bands, *course, *WHOLE]]


def describe_sounds(paths, top: float) -> np.ndarray:
    """Sounds by numbers, from bands that reach up to `top` hertz; NaN where unreadable."""
    with ThreadPoolExecutor(mw.cpus) as threads:
        rows = threads.map(lambda path: _describe(path, top), paths)
        return np.vstack([np.empty((0, WIDTH)), *rows])


def usual_top(paths) -> float:
    """Half the sampling rate that most of some files have, in hertz."""
    some = [path for path in paths if path]
    rates = [found[0] for path in some[:: max(1, len(some) // 20)] if (found := read_sound(path))]
    return float(np.median(rates)) / 2 if rates else 8000.0


def read_sound(path: str) -> tuple[float, np.ndarray] | None:
    """Samples a second, and the mean of the channels from -1 to 1; None where it is unreadable.

    WAV and AIFF as they are; all else only where the package soundfile is installed.
    """
    try:
        with Path(path).open("rb") as file:
            head = file.read(12)
        if head[:4] in (b"RIFF", b"RIFX"):
            return _read_wav(path)
        if head[:4] == b"FORM" and head[8:] == b"AIFF":
            return _read_aiff(path)
        return _read_other(path)
    except (OSError, ValueError, EOFError, struct.error):
        return None


def _read_wav(path: str) -> tuple[float, np.ndarray]:
    from scipy.io import wavfile

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # chunks that it does not know are of no matter here
        rate, samples = wavfile.read(path)
    if samples.dtype == np.uint8:
        samples = samples.astype(float) - 128
        scale = 128.0
    else:
        scale = 1.0 if samples.dtype.kind == "f" else float(np.iinfo(samples.dtype).max) + 1
    return float(rate), _mono(samples / scale, rate)


def _read_aiff(path: str) -> tuple[float, np.ndarray]:
    """Uncompressed AIFF, after the Audio Interchange File Format 1.3: big-endian chunks."""
    data = Path(path).read_bytes()
    place, rate, channels, bits, samples = 12, 0.0, 1, 16, b""
    while place + 8 <= len(data):
        name, size = data[place : place + 4], struct.unpack(">I", data[place + 4 : place + 8])[0]
        body = data[place + 8 : place + 8 + size]
        if name == b"COMM":
            channels, _frames, bits = struct.unpack(">hIh", body[:8])
            exponent, mantissa = struct.unpack(">HQ", body[8:18])
            rate = mantissa * 2.0 ** ((exponent & 0x7FFF) - 16383 - 63)
        elif name == b"SSND":
            samples = body[8 + struct.unpack(">I", body[:4])[0] :]
        place += 8 + size + size % 2
    width = (bits + 7) // 8
    if width not in (1, 2, 4) or channels < 1 or rate <= 0:
        raise ValueError(f"{path}: {bits} bits in {channels} channels at {rate} Hz")
    values = np.frombuffer(samples[: len(samples) // width * width], dtype=f">i{width}")
    values = values[: len(values) // channels * channels].reshape(-1, channels)
    return rate, _mono(values / 2.0 ** (8 * width - 1), rate)


def _read_other(path: str) -> tuple[float, np.ndarray] | None:
    try:
        import soundfile
    except ImportError:
        return None
    try:
        samples, rate = soundfile.read(path)
    except RuntimeError:  # what soundfile raises of a file that it does not know
        return None
    return float(rate), _mono(samples, rate)


def _mono(samples: np.ndarray, rate: float) -> np.ndarray:
    flat = samples if samples.ndim == 1 else samples.mean(axis=1)
    return np.nan_to_num(flat[: int(MOST_SECONDS * rate)])


def _describe(path: str, top: float) -> np.ndarray:
    found = read_sound(path) if path else None
    if found is None or len(found[1]) < 16:
        return np.full(WIDTH, np.nan)
    rate, samples = found
    power, frequency = _spectrum(samples, rate)
    bands = np.log10(power @ _filters(frequency, top).T + QUIET)
    moments = [part.mean(axis=0) for part in np.array_split(bands, MOMENTS) if len(part)]
    moments += [moments[-1]] * (MOMENTS - len(moments))
    course = np.array(moments).reshape(MOMENTS, BANDS // 4, 4).mean(axis=2)
    loudness = np.sqrt(np.mean(samples**2))
    total = power.sum(axis=0)
    whole = [
        np.log10(len(samples) / rate),
        np.log10(loudness + QUIET),
        np.mean(np.diff(np.signbit(samples).astype(int)) != 0),
        (total * frequency).sum() / (total.sum() + QUIET) / top,
        np.log10((np.abs(samples).max() + QUIET) / (loudness + QUIET)),
    ]
    change = np.abs(np.diff(bands, axis=0)).mean(axis=0) if len(bands) > 1 else np.zeros(BANDS)
    statistics = [bands.mean(axis=0), bands.std(axis=0), np.quantile(bands, 0.9, axis=0), change]
    return np.concatenate([*statistics, course.ravel(), whole])


def _spectrum(samples: np.ndarray, rate: float) -> tuple[np.ndarray, np.ndarray]:
    """Power by moments and frequencies (in hertz), in windows that overlap by half."""
    size = int(2 ** np.clip(np.round(np.log2(WINDOW_SECONDS * rate)), 4, 12))
    if len(samples) < size:
        samples = np.pad(samples, (0, size - len(samples)))
    windows = np.lib.stride_tricks.sliding_window_view(samples, size)[:: size // 2]
    power = np.abs(np.fft.rfft(windows * np.hanning(size), axis=1)) ** 2 / size
    return power, np.fft.rfftfreq(size, 1 / rate)


def _filters(frequency: np.ndarray, top: float) -> np.ndarray:
    """Triangles evenly apart on the mel scale, from 0 to `top`; each sums to 1 where it has bins.

    The scale is that of O'Shaughnessy (1987): 2595 log10(1 + f / 700).
    """
    mel = np.linspace(0, 2595 * np.log10(1 + top / 700), BANDS + 2)
    edge = 700 * (10 ** (mel / 2595) - 1)
    width = np.maximum(np.diff(edge), frequency[1])  # never narrower than what can be told apart
    rising = (frequency - edge[1:-1, None]) / width[:-1, None] + 1
    falling = (edge[1:-1, None] - frequency) / width[1:, None] + 1
    weight = np.clip(np.minimum(rising, falling), 0, None)
    return weight / np.maximum(weight.sum(axis=1, keepdims=True), QUIET)


WIDTH = len(sound_names(""))
