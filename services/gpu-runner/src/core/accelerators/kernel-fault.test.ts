import { expect, test } from 'vitest';
import { isAt, kernelFault } from './kernel-fault.ts';
import { memoryWithoutOwner } from './memory-without-owner.ts';

test.each([
  ['NVRM: Xid (PCI:0000:3B:00): 79, pid=1896, GPU has fallen off the bus.', '0000:3b:00'],
  ['NVRM: Xid (0000:01:00): 48, An uncorrectable double bit error (DBE) has been detected', '0000:01:00'],
  ['NVRM: Xid (PCI:00000000:3b:00): 119, Timeout waiting for RPC from GSP!', '0000:3b:00'],
  ['NVRM: Xid (PCI:0000:04:00 GPU-I:05): 95, Uncontained memory error', '0000:04:00'],
  [
    'NVRM: Xid (PCI:0000:04:00): 154, GPU recovery action changed from 0x0 (None) to 0x1 (GPU Reset Required)',
    '0000:04:00',
  ],
  ['NVRM: Xid (PCI:0000:04:00): 999, something that is not known yet', '0000:04:00'],
  ['amdgpu 0000:0c:00.0: amdgpu: uncorrectable hardware errors detected in umc block', '0000:0c:00'],
  ['amdgpu 0000:0C:00.0: amdgpu: GPU reset(2) failed', '0000:0c:00'],
])('a broken GPU is told by: %s', (line, pci) => {
  expect(kernelFault(line)?.pci).toBe(pci);
});

test.each([
  'NVRM: Xid (PCI:0000:3b:00): 13, pid=7, name=python, Graphics Exception: ESR 0x404490=0x80000001',
  'NVRM: Xid (PCI:0000:3b:00): 31, pid=7, name=python, Ch 00000008, MMU Fault',
  'NVRM: Xid (PCI:0000:3b:00): 43, pid=7, name=python, Ch 00000008',
  'NVRM: Xid (PCI:0000:3b:00): 45, pid=7, Preemptive Channel Removal',
  'NVRM: Xid (PCI:0000:3b:00): 63, pid=1896, Row Remapper: New row marked for remapping',
  'NVRM: Xid (PCI:0000:3b:00): 94, pid=7, Contained memory error',
  'NVRM: Xid (PCI:0000:3b:00): 154, GPU recovery action changed from 0x1 (GPU Reset Required) to 0x0 (None)',
  'amdgpu 0000:0c:00.0: amdgpu: ring gfx_0.0.0 timeout, signaled seq=1, emitted seq=3',
  'usb 1-1: device descriptor read/64, error -110',
])('no broken GPU is told by: %s', (line) => {
  expect(kernelFault(line)).toBeNull();
});

test('a fault is of the GPU at its place on the bus, and of no other', () => {
  const fault = kernelFault('NVRM: Xid (PCI:0000:3B:00): 79, gone') ?? expect.unreachable();
  expect(isAt(fault, '0000:3b:00.0')).toBe(true);
  expect(isAt(fault, '0000:3c:00.0')).toBe(false);
  expect(isAt(fault, null)).toBe(false);
});

test('memory in use on an accelerator that nobody holds says who has it', () => {
  const GiB = 2 ** 30;
  expect(memoryWithoutOwner({ usedBytes: 4 * GiB, processes: [] }, 80 * GiB)).toBeNull();
  expect(memoryWithoutOwner({ usedBytes: 40 * GiB, processes: [] }, 80 * GiB)).toContain(
    'no process has anything',
  );
  const process = { pid: 77, usedBytes: 39 * GiB };
  expect(memoryWithoutOwner({ usedBytes: 40 * GiB, processes: [process] }, 80 * GiB)).toContain('process 77');
});
