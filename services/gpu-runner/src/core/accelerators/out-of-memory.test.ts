import { expect, test } from 'vitest';
import { endingWithoutProgram } from '../ending.ts';
import type { Ending } from '../job-state.ts';
import { endingOnAccelerators } from './ending-on-accelerators.ts';
import { acceleratorOutOfMemory } from './out-of-memory.ts';

const TRACEBACK = 'Traceback (most recent call last):\n  File "train.py", line 3, in <module>\n    fit()\n';

test.each([
  'torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 20.00 GiB. GPU 0 has a total capacity of 79.11 GiB',
  'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 MiB.',
  'torch.OutOfMemoryError: HIP out of memory. Tried to allocate 20.00 GiB.',
  'RuntimeError: CUDA error: out of memory',
  'RuntimeError: CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`',
  'cupy.cuda.memory.OutOfMemoryError: Out of memory allocating 8,000,000,000 bytes',
  'jaxlib.xla_extension.XlaRuntimeError: RESOURCE_EXHAUSTED: Out of memory while trying to allocate 137438953472 bytes.',
  'tensorflow.python.framework.errors_impl.ResourceExhaustedError: {{function_node}} OOM when allocating tensor with shape[8192,8192]',
  'xgboost.core.XGBoostError: [10:00:00] device_helpers.cuh: Memory allocation error on worker 0: cudaErrorMemoryAllocation: out of memory',
])('is told by: %s', (line) => {
  expect(acceleratorOutOfMemory(`${TRACEBACK}${line}\n`)).toBe(line.slice(0, 300));
});

test('is told by a library that ends the process', () => {
  const said =
    "terminate called after throwing an instance of 'thrust::system::system_error'\n  what():  parallel_for failed: cudaErrorMemoryAllocation: out of memory\n";
  expect(acceleratorOutOfMemory(said)).toContain('cudaErrorMemoryAllocation');
});

test('is told by a rank of several, whose starter only says that it failed', () => {
  const said = `${TRACEBACK}torch.OutOfMemoryError: CUDA out of memory.\n${TRACEBACK}torch.distributed.elastic.multiprocessing.errors.ChildFailedError: train.py FAILED\n`;
  expect(acceleratorOutOfMemory(said)).toBe('torch.OutOfMemoryError: CUDA out of memory.');
});

test.each([
  [
    'an error that was met and mended before another one',
    `torch.OutOfMemoryError: CUDA out of memory.\nsmaller batches\n${TRACEBACK}KeyError: 'petal'`,
  ],
  ['the memory of the host', `${TRACEBACK}MemoryError: Unable to allocate 7.45 GiB`],
  ['a word in a message', `${TRACEBACK}ValueError: the column memory is out of range`],
  ['nothing', ''],
])('is not told by %s', (_, said) => {
  expect(acceleratorOutOfMemory(said)).toBeNull();
});

test('is read from standard output only where standard error is empty', () => {
  expect(acceleratorOutOfMemory('', 'RuntimeError: CUDA error: out of memory')).not.toBeNull();
  expect(acceleratorOutOfMemory('ValueError: x', 'RuntimeError: CUDA error: out of memory')).toBeNull();
});

test('changes the end of a program that failed by itself, and of no other', () => {
  const words = { stdoutTail: '', stderrTail: 'RuntimeError: CUDA error: out of memory' };
  const ending = (change: Partial<Ending>): Ending => ({
    ...endingWithoutProgram('lost', 'x', 0),
    ...change,
  });
  const failed = ending({ end: 'failed', exitCode: 1 });
  expect(endingOnAccelerators(failed, words)).toMatchObject({
    end: 'out-of-memory',
    exhausted: 'accelerator',
  });
  const said = ending({ end: 'out-of-memory', exitCode: 1, exhausted: 'host' });
  expect(endingOnAccelerators(said, words)).toMatchObject({ exhausted: 'accelerator' });
  const killed = ending({ end: 'out-of-memory', signal: 'SIGKILL', exhausted: 'host' });
  for (const other of [killed, ending({ end: 'cancelled' }), ending({ end: 'timed-out' })]) {
    expect(endingOnAccelerators(other, words)).toEqual(other);
  }
});
