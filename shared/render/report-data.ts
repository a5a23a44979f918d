/** What a file of `--output html` holds: the answer itself, drawn by the findings page's own components. */
import type { CatalogueEntry } from '../diagnosis/catalogue/index.ts'
import type { Finding } from '../findings/finding.ts'
import type { Explanation } from '../reachability/result.ts'

export type ReportData =
  | {
      readonly kind: 'audit'
      /** `2 findings: ... Looked at ...` */
      readonly summary: string
      readonly findings: readonly Finding[]
      /** Those that the findings name. */
      readonly causes: readonly CatalogueEntry[]
    }
  | { readonly kind: 'explanation'; readonly explanation: Explanation }

/** The element that holds it. */
export const REPORT_DATA_ID = 'report-data'
