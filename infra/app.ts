/** The CDK app of cdk.json: the auditor in a stack of its own, with the settings that `cdk deploy -c name=value` gives. */
import { App, Stack, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { HealthCheckAuditor } from './health-check-auditor.ts'

const app = new App()
const stack = new Stack(app, 'HealthCheckAuditor', { description: 'Says why health checks fail' })
new HealthCheckAuditor(stack, 'Auditor')
Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
app.synth()
