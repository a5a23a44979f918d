/** The application, AWS, and what cannot be told. */
import type { About } from './about.ts'

const TROUBLE =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html'

export const beyond = {
  'app.deep-healthcheck-dependency': {
    evidence:
      'The checked path answers with a 5xx; or it times out while the container’s own check, which asks another path of the same server, passes.',
    fix: 'A path that tells of the process alone; alarms for what it depends on.',
    traps: [
      'A status code proves the network.',
      'No check of dependencies at all is the opposite mistake.',
      'An own check of the same path proves nothing.',
    ],
    documentation: TROUBLE,
  },
  'app.overload-timeout': {
    evidence:
      'Some targets time out over an open path while others of the group are healthy; ECS stopped tasks for failed checks that had long been up.',
    fix: 'More tasks or more CPU; until then a longer timeout.',
    traps: ['A closed path fails always, for all that take it.', 'All targets silent at once is not load.'],
    documentation: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/capacity-availability.html',
  },
  'aws-side': {
    evidence: 'Reason Elb.InternalError, while every path is open and the configuration is right.',
    fix: 'The AWS Health Dashboard, and a case with AWS Support.',
    traps: ['Never while something of the configuration is not known.'],
    documentation:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html',
  },
  'app.not-answering': {
    evidence:
      'Every path is proven open both ways and the configuration is right: what was ruled out is the proof.',
    fix: 'In the application: does it listen on the port and on all addresses, does it answer in time?',
    traps: ['Never while something about the network is not known.'],
    documentation: TROUBLE,
  },
  undetermined: {
    evidence: 'Something fails, and what AWS did not tell could change what is to blame.',
    fix: 'The permission for the operations that are named.',
    traps: [],
    documentation: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html',
  },
} as const satisfies Record<string, About>
