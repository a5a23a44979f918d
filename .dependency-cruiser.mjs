/** The house rules of docs/architecture.md. Data flows one way: trigger to notification. */
const PURE = '^shared/(network|reachability|iam|diagnosis|remediation)/'

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A cycle means that two modules are one: merge them or cut the shared part out.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'network-knows-snapshot-types-only',
      comment:
        'The compiled network is made from a snapshot and nothing else, so that it can be tested alone.',
      severity: 'error',
      from: { path: '^shared/network/' },
      to: { path: '^(shared|functions|infra|cli)/', pathNot: '^shared/(network|snapshot)/' },
    },
    {
      name: 'reachability-knows-network-only',
      comment: 'The walk asks the compiled network; raw AWS responses are behind it.',
      severity: 'error',
      from: { path: '^shared/reachability/' },
      to: { path: '^(shared|functions|infra|cli)/', pathNot: '^shared/(reachability|network)/' },
    },
    {
      name: 'iam-knows-snapshot-types-only',
      comment:
        'Whether a policy allows something is decided from policies alone, so that it can be tested alone.',
      severity: 'error',
      from: { path: '^shared/iam/' },
      to: { path: '^(shared|functions|infra|cli)/', pathNot: '^shared/(iam|snapshot)/' },
    },
    {
      name: 'diagnosis-asks-downwards',
      comment:
        'A cause is decided from the snapshot and the engine; it never knows who is told or what is stored.',
      severity: 'error',
      from: { path: '^shared/diagnosis/' },
      to: {
        path: '^(shared|functions|infra|cli)/',
        pathNot:
          '^shared/(diagnosis|services|reachability|network|iam|snapshot)/|^shared/findings/finding\\.ts$|^shared/(input-error|selection)\\.ts$',
      },
    },
    {
      name: 'load-balancing-asks-downwards',
      comment:
        'How a load balancer sends on is decided from the snapshot and the walk, and from nothing else.',
      severity: 'error',
      from: { path: '^shared/load-balancing/' },
      to: {
        path: '^(shared|functions|infra|cli)/|@aws-sdk|@aws-lambda-powertools|@middy|^(node:)?(process|fs|os|net|http|timers)(/|$)',
        pathNot: '^shared/(load-balancing|reachability|network)/|^shared/snapshot/[^/]+\\.ts$',
      },
    },
    {
      name: 'engine-is-pure',
      comment:
        'No AWS SDK, no clock, no environment inside the engine: the same snapshot gives the same answer.',
      severity: 'error',
      from: { path: PURE },
      to: { path: '@aws-sdk|@aws-lambda-powertools|@middy|^(node:)?(process|fs|os|net|http|timers)(/|$)' },
    },
    {
      name: 'engine-does-not-collect',
      comment: 'Collecting needs AWS; the engine must run on a recorded snapshot alone.',
      severity: 'error',
      from: { path: PURE },
      to: { path: '^shared/snapshot/collect/' },
    },
    {
      name: 'only-the-collector-calls-ec2-elb-ecs',
      comment:
        'These clients cost 1.6 MB and 330 ms of cold start; one place also means one list of IAM actions.',
      severity: 'error',
      from: { pathNot: '^shared/snapshot/collect/|^test/' },
      to: {
        path: '@aws-sdk/client-(ec2|elastic-load-balancing-v2|ecs|iam|cloudwatch-logs|ecr|efs|api-gateway|apigatewayv2|opensearchserverless|route-53|cloudtrail)(/|$)',
      },
    },
    {
      name: 'page-knows-answers-only',
      comment:
        'The findings page asks the API: of the product it takes the types of answers and the words for them, so that it stays small and works on recorded answers too.',
      severity: 'error',
      from: { path: '^web/' },
      to: {
        path: '^(shared|functions|infra|cli|samples)/|^node:|@aws-|^node_modules/zod',
        pathNot:
          '^shared/(render|reachability/result\\.ts|findings/finding\\.ts)|^shared/api/documents\\.ts$|^node:url$',
      },
    },
    {
      name: 'functions-are-islands',
      comment: 'Each function is bundled and deployed alone; what two share belongs in shared/.',
      severity: 'error',
      from: { path: '^functions/([^/]+)\\.ts$' },
      to: { path: '^functions/', pathNot: '^functions/$1\\.ts$' },
    },
    {
      name: 'shared-does-not-know-its-callers',
      comment: 'shared/ is the product; functions, cli and infra are ways to run it.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(functions|infra|cli|samples|web)/' },
    },
    {
      name: 'nothing-imports-tests',
      comment: 'Test code is not shipped.',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
}
