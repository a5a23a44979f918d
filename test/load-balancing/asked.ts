/** Asks for a way to a load balancer. */
import { compileSnapshot, explainQuery, type Query } from '../../shared/explain.ts'
import type { Explanation } from '../../shared/reachability/result.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import * as aws from '../fixtures/index.ts'

type Change = (json: aws.SnapshotJson) => aws.SnapshotJson

/** @param change what is taken out of the snapshot */
export const asked = (
  worlds: aws.World | readonly aws.World[],
  query: Query,
  change: Change = (json) => json,
): Explanation => explainQuery(compileSnapshot(parseSnapshot(change(aws.jsonOf(worlds)))), query)

export const codesOf = ({ blockers }: Explanation): readonly string[] =>
  blockers.map(({ awsExplanationCode }) => awsExplanationCode)

export const missingOf = ({ unknown }: Explanation): readonly string[] =>
  unknown.map(({ missing }) => missing)

/** What is said of a component of one kind on the way there. */
export const saidOf = ({ forward }: Explanation, type: string): readonly string[] =>
  forward.filter(({ component }) => component.type === type).map(({ explanation }) => explanation)

export const without =
  (operation: Parameters<typeof aws.withError>[1]): Change =>
  (json) =>
    aws.withError(json, operation)
