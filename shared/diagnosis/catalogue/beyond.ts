/** The application, AWS, and what cannot be told. */
import type { About } from './about.ts'

const TROUBLE =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html'

export const beyond = {
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
