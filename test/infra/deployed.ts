/** The CDK constructs, synthesised once a setting, as a template whose names a person can read. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App, Stack, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import type { Construct } from 'constructs'
import { functions } from '../../infra/functions.ts'
import { HealthCheckAuditor, type HealthCheckAuditorProps } from '../../infra/health-check-auditor.ts'
import {
  HealthCheckAuditorMember,
  type HealthCheckAuditorMemberProps,
} from '../../infra/health-check-auditor-member.ts'
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

interface SynthesisedApp {
  readonly app: App
  readonly stack: Stack
}

/** @returns an app with cdk-nag, not yet synthesised */
function appWith(add: (stack: Stack) => Construct): SynthesisedApp {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'hca-cdk-')) })
  const stack = new Stack(app, 'Bakery')
  add(stack)
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  return { app, stack }
}

export const auditorApp = (props: HealthCheckAuditorProps = {}) =>
  appWith((stack) => new HealthCheckAuditor(stack, 'Auditor', { bundles, ...props }))

export const deployed = (props: HealthCheckAuditorProps = {}): Template => readable(auditorApp(props))

export const memberDeployed = (props: HealthCheckAuditorMemberProps): Template =>
  readable(appWith((stack) => new HealthCheckAuditorMember(stack, 'Auditor', props)))

/** CDK's names are the construct's path and a hash: `AuditorEventBus8AEE1418` is `EventBus` here. */
function readable({ app, stack }: SynthesisedApp): Template {
  const { Resources } = app.synth().getStackByName(stack.stackName).template
  const name = (id: string) => (id in Resources ? id.replace(/^Auditor(.+)[0-9A-F]{8}$/, '$1') : id)
  return plain({ Resources }, { name })
}
