/** The table of routes. Another one is a file and a line here; the OpenAPI document follows. */
import type { Route } from '../route.ts'
import { explain } from './explain.ts'
import { findingHistory } from './finding-history.ts'
import { liftSuppression } from './lift-suppression.ts'
import { listCauses } from './list-causes.ts'
import { listFindings } from './list-findings.ts'
import { openApi } from './openapi.ts'
import { showCause } from './show-cause.ts'
import { showFinding } from './show-finding.ts'
import { suppressFinding } from './suppress-finding.ts'

export const routes: readonly Route[] = [
  listFindings,
  showFinding,
  findingHistory,
  suppressFinding,
  liftSuppression,
  explain,
  listCauses,
  showCause,
  openApi(() => routes),
]
