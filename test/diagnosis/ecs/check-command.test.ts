import { describe, expect, it } from 'vitest'
import { portsIn } from '../../../shared/diagnosis/ecs/check-command.ts'

describe('ports that a health-check command asks', () => {
  it.each([
    ['curl -f http://localhost:8080/health || exit 1', [8080]],
    ['curl -fs https://127.0.0.1/ || exit 1', [443]],
    ['wget -qO- http://localhost', [80]],
    ['/bin/grpc_health_probe -addr=:50051', [50051]],
    ['curl -g http://[::1]:3000/', [3000]],
    ['nc -w 10 -z localhost 6379 || exit 1', [6379]],
    ['pg_isready -U bakery -p 5432', [5432]],
    ['redis-cli --port 6380 ping', [6380]],
    ['node check.js', []],
    ['test $(date +%H:%M) != 12:30:15 && sleep 10', []],
    ['curl -m 10 -f http://localhost:8080/ && curl -f http://localhost:8081/ready', [8080, 8081]],
  ])('%s', (command, ports) => {
    expect(portsIn(['CMD-SHELL', command])).toEqual(ports)
  })
})
