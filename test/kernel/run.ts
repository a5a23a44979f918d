/**
 * `npm run test:kernel`: random networks in the Linux kernel; the engine must agree on every probe.
 * HCA_SEED=n repeats a run; `npm run test:kernel -- 100` tries 100 networks instead of 1,200.
 */
import { writeFileSync } from 'node:fs'
import { handMade, misjudged } from './hand-made.ts'
import { mutants } from './mutants.ts'
import { startOracle } from './oracle.ts'
import { missingRequirement } from './requirements.ts'
import { compareAll, type Sum, unnoticedMutants } from './suite.ts'
import { tallyLines, unproven } from './tally.ts'

const NETWORKS = 1200
const LEAST_PROBES = 20
const ORACLES = 2

const say = (line: string) => process.stdout.write(`${line}\n`)

interface Outcome {
  readonly passed: number
  readonly total: number
}

async function run(seed: number, networks: number): Promise<Outcome> {
  const started = performance.now()
  const oracles = await Promise.all(Array.from({ length: ORACLES }, startOracle))
  try {
    const wrong = await misjudged(oracles)
    for (const says of wrong) say(`the kernel disagrees with the hand-made case "${says}"`)
    const sum = await compareAll(oracles, seed, networks, say)
    const unnoticed = await unnoticedMutants(oracles, sum.cases)
    for (const line of tallyLines(sum.tally)) say(line)
    for (const name of unnoticed) say(`no probe notices a kernel that ${name}`)
    const weak = weaknesses(sum, networks)
    for (const weakness of weak) say(weakness)
    const seconds = ((performance.now() - started) / 1000).toFixed(0)
    say(
      `${networks} networks, ${sum.probes} probes, ${percent(sum)} % passed, ${sum.unknown} left out (the engine cannot know), ` +
        `${Object.keys(mutants).length - unnoticed.length} of ${Object.keys(mutants).length} wrong kernels noticed, ` +
        `HCA_SEED=${seed}, ${seconds} s`,
    )
    const failed = wrong.length + sum.disagreed + unnoticed.length + weak.length
    const total = handMade.length + networks + Object.keys(mutants).length + 1
    return { passed: Math.max(0, total - failed), total }
  } finally {
    for (const oracle of oracles) oracle.stop()
  }
}

const percent = ({ passed, probes }: Sum): number => Math.round((passed * 100) / Math.max(probes, 1))

/** A run that asks too little, or in which everything passes or nothing does, proves nothing. */
function weaknesses(sum: Sum, networks: number): readonly string[] {
  const share = percent(sum)
  return [
    ...(share < 20 || share > 80 ? [`${share} % of the probes passed: 20-80 % prove something`] : []),
    ...(sum.probes < networks * LEAST_PROBES ? [`fewer than ${LEAST_PROBES} probes a network`] : []),
    ...unproven(sum.tally).map((kind) => `${kind}: all passed, or none`),
  ]
}

const missing = missingRequirement()
if (missing) {
  process.stderr.write(`npm run test:kernel ${missing}\n`)
  process.exit(1)
}
const seed = Number(process.env.HCA_SEED ?? Date.now() % 2 ** 31)
const { passed, total } = await run(seed, Number(process.argv[2] ?? NETWORKS))
const report = { success: passed === total, numTotalTests: total, numPassedTests: passed }
if (process.env.HCA_TEST_REPORT) writeFileSync(process.env.HCA_TEST_REPORT, JSON.stringify(report))
say(`${passed} passed, ${total - passed} failed`)
process.exitCode = report.success ? 0 : 1
