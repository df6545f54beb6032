/**
 * Whether a program that failed ran out of an accelerator's memory: read from the error that ended it.
 *
 * Many programs meet such an error, catch it and try smaller batches; so what counts is the last error, not any mention.
 */

/** As PyTorch, TensorFlow, JAX, CuPy, XGBoost, LightGBM, the CUDA and the HIP runtimes say it. */
const SAID = [
  /\b(cuda|hip|accelerator|gpu)\b.{0,40}\bout of memory\b/i,
  /\bOutOfMemoryError\b/,
  /\bcudaErrorMemoryAllocation\b|\bhipErrorOutOfMemory\b|\bCUDA_ERROR_OUT_OF_MEMORY\b/,
  /\b(CUBLAS|CUDNN|CUSOLVER|CUSPARSE|HIPBLAS|ROCBLAS)_STATUS_(ALLOC_FAILED|MEMORY_ERROR)\b/i,
  /\bRESOURCE_EXHAUSTED\b.{0,80}\bout of memory\b/i,
  /\bResourceExhaustedError\b|\bOOM when allocating\b/,
  /\b(thrust|rmm|cudf)\b.{0,60}\b(bad_alloc|out_of_memory|out of memory)\b/i,
];

/** The line that names the exception at the end of a Python traceback. */
const EXCEPTION = /^([A-Za-z_][\w.]*(Error|Exception|Failure|Exit|Interrupt))\b/;
/** These only say that a program started by this one has failed: its own words are before. */
const MESSENGER =
  /ChildFailedError|CalledProcessError|ProcessRaisedException|ProcessExitedException|SystemExit/;
const LAST_LINES = 25;

/** The line that says so, for the reason of the outcome; null when it was something else. */
export function acceleratorOutOfMemory(stderrTail: string, stdoutTail = ''): string | null {
  return lastWord(stderrTail) ?? (stderrTail.trim() === '' ? lastWord(stdoutTail) : null);
}

function lastWord(text: string): string | null {
  const lines = text.split('\n').map((line) => line.trim());
  const at = lines.findLastIndex((line) => EXCEPTION.test(line) && !MESSENGER.test(line));
  // Without a traceback it is a library that ended the process: its message is among the last lines.
  const telling = at < 0 ? lines.slice(-LAST_LINES) : lines.slice(at, at + 3);
  return telling.find((line) => SAID.some((pattern) => pattern.test(line)))?.slice(0, 300) ?? null;
}
