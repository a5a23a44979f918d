/** A file of `hca audit --output html` with the findings of two recorded incidents. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { loadPicture } from '../../cli/render/index.ts'
import { audit } from '../../shared/audit.ts'
import { everything } from '../../shared/selection.ts'
import { readSnapshot } from '../../shared/snapshot/read.ts'

export const reportFile = resolve('node_modules/.cache/hca-web/report.html')

export async function writeReport(): Promise<void> {
  const results = await Promise.all(
    ['01-alb-group-without-egress', '05-acl-cuts-replies'].map(async (name) =>
      audit(await readSnapshot(`samples/${name}/snapshot.json`), everything),
    ),
  )
  const findings = results.flatMap((result) => result.findings)
  const audited = results.flatMap((result) => result.audited)
  mkdirSync(dirname(reportFile), { recursive: true })
  writeFileSync(
    reportFile,
    (await loadPicture('html')).audit({ findings, audited }, { colour: false, width: 100 }),
  )
}
