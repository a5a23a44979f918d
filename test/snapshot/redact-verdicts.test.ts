/** What is said of a redacted incident is what is said of the incident. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { audit } from '../../shared/audit.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import { everything } from '../../shared/selection.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import { readSnapshotJson } from '../../shared/snapshot/read.ts'
import { redactSnapshot } from '../../shared/snapshot/redact.ts'

const samples = fileURLToPath(new URL('../../samples/', import.meta.url))
const folders = readdirSync(samples, { withFileTypes: true }).filter((entry) => entry.isDirectory())

/** All of a finding that is not a name, an id or an address. */
const verdictOf = ({ rootCause, otherCauses, ruledOut, unknown, severity, targets, paths }: Finding) => ({
  rootCause: [rootCause.code, rootCause.confidence, rootCause.component.type],
  otherCauses: otherCauses.map(({ code, confidence }) => [code, confidence]),
  ruledOut: ruledOut.map(({ code }) => code),
  unknown: unknown.map(({ code, missing }) => [code, missing]),
  severity,
  targets: targets.map(({ state, reason, description }) => [state, reason, description]),
  paths: paths.map(({ verdict, forward, return: back }) => [
    verdict,
    [...forward, ...back].map((hop) => hop.verdict),
  ]),
})

const byText = (values: readonly object[]) => values.map((value) => JSON.stringify(value)).sort()
const verdicts = (json: unknown) => byText(audit(parseSnapshot(json), everything).findings.map(verdictOf))

describe('sample incidents', () => {
  test.each(folders.map(({ name }) => name))('%s', async (folder) => {
    const json = await readSnapshotJson(join(samples, folder, 'snapshot.json'))
    expect(verdicts(redactSnapshot(json))).toEqual(verdicts(json))
  })

  test('they are not silent', async () => {
    const [first] = folders
    const json = await readSnapshotJson(join(samples, first?.name ?? '', 'snapshot.json'))
    expect(verdicts(json)).not.toEqual([])
  })
})
