/**
 * What the kernel's log says of GPUs: which lines mean that one is broken, and which that a program was.
 *
 * NVIDIA numbers what its driver reports ("Xid"). Its catalogue (docs.nvidia.com/deploy/xid-errors) has for each number who is
 * to act: some tell of a program's fault, and any program can provoke those; some are notices. All others, unknown ones
 * too, quarantine the GPU, as in NVIDIA's own device plugin for Kubernetes. AMD's driver has sentences.
 */

export interface KernelFault {
  /** Where the GPU sits on the bus, as far as the line says: `0000:3b:00`, without the function. */
  readonly pci: string;
  /** In words, with the line itself. */
  readonly reason: string;
}

/** Faults that a program can cause: the GPU is well afterwards. */
const OF_PROGRAMS = new Map([
  [13, 'graphics engine exception'],
  [31, 'memory page fault'],
  [32, 'invalid commands in a push buffer'],
  [43, 'a program stopped the GPU and was reset'],
  [45, 'work of a program was removed'],
  [68, 'video decoder exception'],
  [69, 'graphics engine class error'],
  [94, 'contained memory error, met by a program that was ended'],
  [109, 'context switch timeout'],
  [137, 'access that NVLink does not allow'],
]);

/** Counted and mended by the GPU itself. */
const NOTICES = new Set([
  63, // a row or page will be replaced at the next reset
  92, // many corrected memory errors
  106, // SMBus
  121, // corrected error of a chip-to-chip link
]);

/** 154 tells which action is needed; so it is read. */
const RECOVERY_ACTION = 154;

const XID = /NVRM: Xid \((?:PCI:)?([0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2})[^)]*\): (\d+),?\s*(.*)$/i;
const AMD = /amdgpu ([0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2})\.[0-9a-f]: (.*)$/i;
const AMD_BROKEN =
  /uncorrectable hardware error|GPU reset\(\d+\) failed|GPU Recovery Failed|device lost from bus|device wedged/i;

/** The fault that a line tells of; null when it tells of none that concerns the hardware. */
export function kernelFault(line: string): KernelFault | null {
  const xid = XID.exec(line);
  if (xid !== null) {
    const [, bus = '', number = '', rest = ''] = xid;
    if (!isHardware(Number(number), rest)) return null;
    return {
      pci: shortAddress(bus),
      reason: `the kernel reported Xid ${number}: ${rest.slice(0, 200)}`.trim(),
    };
  }
  const [, bus, said = ''] = AMD.exec(line) ?? [];
  if (bus === undefined || !AMD_BROKEN.test(said)) return null;
  return { pci: shortAddress(bus), reason: `the kernel reported: ${said.slice(0, 200)}` };
}

/** Whether a fault is of the GPU at `pci`, such as `0000:3b:00.0`. */
export const isAt = (fault: KernelFault, pci: string | null) => pci?.startsWith(`${fault.pci}.`) === true;

function isHardware(xid: number, rest: string): boolean {
  if (xid === RECOVERY_ACTION) return !/\(None\)\s*$/i.test(rest);
  return !OF_PROGRAMS.has(xid) && !NOTICES.has(xid);
}

/** Four digits of the domain, in small letters. */
function shortAddress(bus: string): string {
  const [domain = '', ...rest] = bus.toLowerCase().split(':');
  return [domain.slice(-4), ...rest].join(':');
}
