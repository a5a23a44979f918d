/**
 * The state machines, as data, in the Amazon States Language with JSONata. `${...}` stands for what a deployment knows:
 * `Places` is `ACCOUNT/REGION,ACCOUNT/REGION`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
import type { FunctionName } from './functions.ts'

export interface StateMachineSpec {
  readonly description: string
  readonly invokes: FunctionName
  readonly type: 'STANDARD' | 'EXPRESS'
  /** For the members only, not for our own account and Region. */
  readonly membersOnly: boolean
  /** When its schedule could not start it. */
  readonly retryPolicy: { readonly maximumEventAgeInSeconds: number; readonly maximumRetryAttempts: number }
  readonly definition: { readonly [key: string]: unknown }
}

const given = (name: 'Function' | 'Places') => `\${${name}}`

/** In brackets, since JSONata takes a list of one for the one. */
const PLACES = `{% [$split('${given('Places')}', ',')] %}`
const ACCOUNT = "{% $substringBefore($states.input, '/') %}"
const REGION = "{% $substringAfter($states.input, '/') %}"
const INVOKE = 'arn:<AWS::Partition>:states:::lambda:invoke'

/** Every Region is swept, whatever becomes of the others; then the execution fails if one was not. */
const sweep = {
  QueryLanguage: 'JSONata',
  StartAt: 'SweepPlaces',
  States: {
    SweepPlaces: {
      Type: 'Map',
      Items: PLACES,
      MaxConcurrency: 10,
      ToleratedFailurePercentage: 100,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'SweepRegion',
        States: {
          SweepRegion: {
            Type: 'Task',
            Resource: INVOKE,
            Arguments: { FunctionName: given('Function'), Payload: { accountId: ACCOUNT, region: REGION } },
            Output: "{% {'swept': $states.input} %}",
            Retry: [
              {
                ErrorEquals: ['States.ALL'],
                IntervalSeconds: 60,
                BackoffRate: 3,
                MaxAttempts: 3,
                JitterStrategy: 'FULL',
              },
            ],
            Catch: [
              {
                ErrorEquals: ['States.ALL'],
                Output: "{% {'failed': $states.input, 'error': $states.errorOutput} %}",
                Next: 'NotSwept',
              },
            ],
            End: true,
          },
          NotSwept: { Type: 'Pass', End: true },
        },
      },
      Output: { swept: '{% [$states.result.swept] %}', places: PLACES },
      Next: 'WereAllSwept',
    },
    WereAllSwept: {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $count($states.input.swept) = $count($states.input.places) %}', Next: 'Swept' },
      ],
      Default: 'NotAllSwept',
    },
    Swept: { Type: 'Succeed' },
    NotAllSwept: {
      Type: 'Fail',
      Error: 'NotAllSwept',
      Cause:
        "{% 'not swept: ' & $join($filter($states.input.places, function($place) { $not($place in $states.input.swept) }), ', ') %}",
    },
  },
}

/** The watcher looks at one account and Region a run: it gets a tick for each, as a schedule of that Region would give. */
const watchMembers = {
  QueryLanguage: 'JSONata',
  StartAt: 'WatchMembers',
  States: {
    WatchMembers: {
      Type: 'Map',
      Items: PLACES,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'Watch',
        States: {
          Watch: {
            Type: 'Task',
            Resource: INVOKE,
            Arguments: {
              FunctionName: given('Function'),
              // It is not waited for.
              InvocationType: 'Event',
              Payload: {
                version: '0',
                id: '{% $states.context.Execution.Name %}',
                source: 'aws.events',
                'detail-type': 'Scheduled Event',
                account: ACCOUNT,
                region: REGION,
                time: '{% $states.context.Execution.StartTime %}',
                resources: [],
                detail: {},
              },
            },
            Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 3 }],
            End: true,
          },
        },
      },
      End: true,
    },
  },
}

/** Construct id -> state machine. */
export const stateMachines = {
  Sweep: {
    description: 'Audits everything in every Region, for what no event tells',
    invokes: 'sweep-region',
    type: 'STANDARD',
    membersOnly: false,
    retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 10 },
    definition: sweep,
  },
  WatchMembers: {
    description: 'Has the health of all targets of the members looked at',
    invokes: 'watch-target-health',
    type: 'EXPRESS',
    membersOnly: true,
    // The next run does its work.
    retryPolicy: { maximumEventAgeInSeconds: 60, maximumRetryAttempts: 1 },
    definition: watchMembers,
  },
} as const satisfies Readonly<Record<string, StateMachineSpec>>

export type StateMachineName = keyof typeof stateMachines
