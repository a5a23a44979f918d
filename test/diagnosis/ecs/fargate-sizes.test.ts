import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fargateSize } from '../../../shared/diagnosis/ecs/fargate-sizes.ts'

const cpus = [256, 512, 1024, 2048, 4096, 8192, 16384]

describe('sizes of Fargate tasks', () => {
  it.each([
    [256, 513, { cpu: 256, memory: 1024 }],
    [256, 2049, { cpu: 512, memory: 3072 }],
    [512, 4097, { cpu: 1024, memory: 5120 }],
    [1024, 1500, { cpu: 1024, memory: 2048 }],
    [4096, 30721, { cpu: 8192, memory: 32768 }],
    [8192, 61441, { cpu: 16384, memory: 65536 }],
  ])('from %i CPU units and %i MiB', (cpu, memory, size) => {
    expect(fargateSize({ cpu, memory })).toEqual(size)
  })

  it('end at 120 GB', () => {
    expect(fargateSize({ cpu: 256, memory: 122880 })).toEqual({ cpu: 16384, memory: 122880 })
    expect(fargateSize({ cpu: 256, memory: 122881 })).toBeUndefined()
  })

  it('are never smaller than what was asked, and valid themselves', () => {
    const asked = fc.record({ cpu: fc.constantFrom(...cpus), memory: fc.integer({ min: 1, max: 122880 }) })
    fc.assert(
      fc.property(asked, ({ cpu, memory }) => {
        const size = fargateSize({ cpu, memory })
        if (!size) throw new Error('there is a size for all of these')
        expect(size.cpu).toBeGreaterThanOrEqual(cpu)
        expect(size.memory).toBeGreaterThanOrEqual(memory)
        expect(fargateSize(size)).toEqual(size)
      }),
    )
  })
})
