/** The CDK construct, synthesised once a setting, as a template whose names a person can read. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App, Stack, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { functions } from '../../infra/functions.ts'
import { HealthCheckAuditor, type HealthCheckAuditorProps } from '../../infra/health-check-auditor.ts'
import { plain, type Template } from './template.ts'

/** Empty functions: what they hold is no matter of the templates. */
function emptyBundles(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hca-bundles-'))
  for (const name of Object.keys(functions)) {
    mkdirSync(join(folder, name))
    writeFileSync(join(folder, name, 'index.mjs'), '')
  }
  return folder
}

const bundles = emptyBundles()

/** @returns an app with cdk-nag, not yet synthesised */
export function auditorApp(props: HealthCheckAuditorProps = {}): {
  readonly app: App
  readonly stack: Stack
} {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'hca-cdk-')) })
  const stack = new Stack(app, 'Bakery')
  new HealthCheckAuditor(stack, 'Auditor', { bundles, ...props })
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  return { app, stack }
}

/** CDK's names are the construct's path and a hash: `AuditorEventBus8AEE1418` is `EventBus` here. */
export function deployed(props: HealthCheckAuditorProps = {}): Template {
  const { app, stack } = auditorApp(props)
  const { Resources } = app.synth().getStackByName(stack.stackName).template
  const readable = (id: string) => (id in Resources ? id.replace(/^Auditor(.+)[0-9A-F]{8}$/, '$1') : id)
  return plain({ Resources }, { name: readable })
}
