/**
 * `npm run bench [interfaces ...]`: how long the engine takes, and how much memory, on generated snapshots, and how both
 * grow with the number of interfaces and, unless sizes are given, with the number of rules.
 * Every measurement runs in a process of its own, so that peak memory is that of its own work; bundled as `hca` is.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { auditReport } from './audit-report.ts'
import { type AuditTimes, measureAudits } from './audits.ts'
import { callReport } from './calls.ts'
import { coldStartReport } from './cold-starts.ts'
import { generateSnapshot, type Size } from './generate.ts'
import { growthWithInterfaces, growthWithRules } from './growth.ts'
import { measurePatching, type Patching } from './patching.ts'
import {
  type Bulks,
  type Memories,
  measureBulkOf,
  measureMemory,
  measureRates,
  measureTimes,
  type Rates,
  type Times,
} from './phases.ts'
import { type Measured, reportOf } from './report.ts'

const SIZES = [1_000, 10_000, 100_000]
/** How many times as many rules as usual, with this many interfaces. */
const RULES = [1, 2, 4, 8, 16]
const INTERFACES_OF_RULES = 10_000
const SEED = 20_261_120
const LARGE = 50_000

const steps = {
  generate: (file: string, size: Size) => {
    writeFileSync(file, JSON.stringify(generateSnapshot(size, SEED)))
    return {}
  },
  times: (file: string, { interfaces }: Size): Times => measureTimes(file, interfaces >= LARGE ? 3 : 9),
  memory: (file: string): Memories => measureMemory(file),
  rates: (file: string): Rates => measureRates(file, 3),
  audits: (): AuditTimes => measureAudits(),
  bulk: (file: string): Promise<Bulks> => measureBulkOf(file),
  patching: (file: string, { interfaces }: Size): Patching =>
    measurePatching(file, interfaces >= LARGE ? 3 : 9),
} as const

type Ask = <T>(step: keyof typeof steps) => T

function inOwnProcess<T>(step: keyof typeof steps, file: string, { interfaces, rules }: Size): T {
  const flags = ['--expose-gc', fileURLToPath(import.meta.url)]
  const output = execFileSync(
    process.execPath,
    [...flags, 'step', step, file, String(interfaces), String(rules)],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  )
  return JSON.parse(output) as T
}

function measure<T>(size: Size, measureWith: (ask: Ask) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'hca-bench-'))
  const file = join(folder, 'snapshot.json')
  try {
    inOwnProcess('generate', file, size)
    return measureWith((step) => inOwnProcess(step, file, size))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const measureSize = (interfaces: number): Measured =>
  measure({ interfaces, rules: 1 }, (ask) => ({
    times: ask<Times>('times'),
    memory: ask<Memories>('memory'),
    rates: ask<Rates>('rates'),
    bulk: ask<Bulks>('bulk'),
    patching: ask<Patching>('patching'),
  }))

const measureRules = (rules: number): Times =>
  measure({ interfaces: INTERFACES_OF_RULES, rules }, (ask) => ask<Times>('times'))

const isStep = (name: string | undefined): name is keyof typeof steps =>
  name !== undefined && Object.hasOwn(steps, name)

const [mode, step, file, interfaces, rules] = process.argv.slice(2)
if (mode === 'step' && isStep(step) && file) {
  process.stdout.write(
    JSON.stringify(await steps[step](file, { interfaces: Number(interfaces), rules: Number(rules) })),
  )
} else {
  const given = process.argv.slice(2).map(Number)
  console.log(await coldStartReport())
  console.log(await callReport())
  console.log(auditReport(inOwnProcess('audits', 'none', { interfaces: 0, rules: 0 })))
  const sizes = (given.length > 0 ? given : SIZES).map(measureSize)
  console.log(reportOf(sizes))
  console.log(growthWithInterfaces(sizes.map(({ times }) => times)))
  if (given.length === 0) console.log(growthWithRules(RULES.map(measureRules)))
}
