/** What a program in a container can reach, told by one: nothing is concluded from the engine's version. */
import { z } from 'zod';

/** Prints what it could do. Arguments: a secret file of the host, and a port on which the host listens. */
export const PROBE_PROGRAM = `
import json, os, socket, sys
def can(action):
    try:
        action()
    except Exception:
        return False
    return True
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(json.dumps({
    "python": sys.executable,
    "version": sys.version.split()[0],
    "uid": os.getuid(),
    "readsHost": can(lambda: open(sys.argv[1]).read()),
    "writesRoot": can(lambda: open("/modelwright-probe", "w")),
    "writesOwn": can(lambda: open(os.environ["MW_OUT"] + "/file", "w")),
    "connects": can(lambda: socket.create_connection(("127.0.0.1", int(sys.argv[2])), 1)),
    "socket": any(os.path.exists(path + "/docker.sock") for path in ("/var/run", "/run")),
    "capabilities": int(status["CapEff"], 16) | int(status["CapBnd"], 16),
    "mayGainPrivileges": status["NoNewPrivs"].strip() != "1",
    "filtered": status["Seccomp"].strip() == "2",
}))
`;

export const probeReport = z.object({
  python: z.string().startsWith('/'),
  version: z.string(),
  uid: z.int(),
  readsHost: z.boolean(),
  writesRoot: z.boolean(),
  writesOwn: z.boolean(),
  connects: z.boolean(),
  socket: z.boolean(),
  capabilities: z.number(),
  mayGainPrivileges: z.boolean(),
  filtered: z.boolean(),
});
export type ProbeReport = z.infer<typeof probeReport>;

/** Sentences on what does not hold; none is as it should be. */
export function breaches(report: ProbeReport): string[] {
  const found: [boolean, string][] = [
    [report.uid === 0, 'programs run as root'],
    [report.readsHost, 'a program could read a file of the host'],
    [report.writesRoot, 'a program could write to its root file system'],
    [!report.writesOwn, 'a program could not write to its own output folder'],
    [report.connects, 'a program could connect to the host'],
    [report.socket, "a program could see the engine's socket"],
    [report.capabilities !== 0, 'programs keep capabilities'],
    [report.mayGainPrivileges, 'programs may gain privileges'],
    [!report.filtered, 'system calls are not filtered'],
  ];
  return found.filter(([breached]) => breached).map(([, sentence]) => sentence);
}
