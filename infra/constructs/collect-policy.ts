import { ManagedPolicy } from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import { collect } from '../access.ts'
import { acknowledgeWildcards, policyOf } from './policy.ts'

/** What every function that collects may ask: one text to review. */
export function addCollectPolicy(scope: Construct): ManagedPolicy {
  const policy = new ManagedPolicy(scope, 'CollectPolicy', {
    description: 'Reads how networks, load balancers and tasks are configured; changes nothing',
    document: policyOf(collect, {}),
  })
  acknowledgeWildcards(policy, collect)
  return policy
}
