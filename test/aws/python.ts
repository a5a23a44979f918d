/** A Python that has exactly the moto, AWS CLI and cfn-lint that the tests were written against. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** moto_server.py reaches into moto's private parts: no other version will do. */
const MOTO = '5.2.1'
const AWS_CLI = '1.45.11'
const CFN_LINT = '1.51.0'
const JSONATA = '0.7.1'
const all = `moto ${MOTO}, awscli ${AWS_CLI}, cfn-lint ${CFN_LINT} and jsonata-python ${JSONATA}`

/** `moto.server` fails to import without the extras of `moto[server]`. */
const versions = [
  'import moto, awscli, moto.server, moto.ec2.models, moto.elbv2.models, moto.ecs.models',
  'from cfnlint.version import __version__ as cfn_lint',
  'from importlib.metadata import version',
  'print(moto.__version__, awscli.__version__, cfn_lint, version("jsonata-python"))',
].join('; ')

function has(python: string): boolean {
  try {
    const found = execFileSync(python, ['-c', versions], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return found.trim() === `${MOTO} ${AWS_CLI} ${CFN_LINT} ${JSONATA}`
  } catch {
    return false
  }
}

/** @returns the interpreter: the installed one if it has these versions, else that of `.venv`, made when needed */
export function findPython(root: string): string {
  if (has('python3')) return 'python3'
  const venv = join(root, '.venv')
  const python = join(venv, 'bin', 'python')
  if (existsSync(python) && has(python)) return python
  process.stderr.write(`making .venv with ${all}\n`)
  run('python3', ['-m', 'venv', '--clear', venv])
  run(python, [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    `moto[server]==${MOTO}`,
    `awscli==${AWS_CLI}`,
    `cfn-lint==${CFN_LINT}`,
    `jsonata-python==${JSONATA}`,
  ])
  if (!has(python)) throw new Error(`${python} does not have ${all} after installing them`)
  return python
}

const run = (command: string, args: readonly string[]) =>
  execFileSync(command, args, { stdio: ['ignore', process.stderr, process.stderr] })
