/** What the suite needs of the machine; it never runs without it, and never passes without having run. */
import { spawnSync } from 'node:child_process'

const runs = (command: string, ...args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0

const python = (code: string) => runs('python3', '-c', code)

const NEW_NETWORK_NAMESPACE = '0x40000000'

const requirements: readonly (readonly [isThere: () => boolean, missing: string])[] = [
  [() => process.platform === 'linux', 'needs Linux: the kernel is the oracle'],
  [() => process.getuid?.() === 0, 'needs root: network namespaces are made and rules are loaded into them'],
  [() => runs('ip', '-V'), 'needs ip: apt-get install iproute2'],
  [
    () => python('import sys; sys.exit(sys.version_info < (3, 9))'),
    'needs Python 3.9 or newer as python3: apt-get install python3',
  ],
  [
    () => python('import ctypes; ctypes.CDLL("libnftables.so.1")'),
    'needs libnftables.so.1: apt-get install nftables',
  ],
  [
    () => python(`import ctypes, sys; sys.exit(ctypes.CDLL(None).unshare(${NEW_NETWORK_NAMESPACE}) != 0)`),
    'needs the right to make network namespaces (CAP_SYS_ADMIN)',
  ],
]

/** The first thing that is missing, in one line. */
export const missingRequirement = (): string | undefined => requirements.find(([isThere]) => !isThere())?.[1]
