import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/aws/**/*.aws.test.ts'],
    // One moto for all: each file has a Region of its own, and the tests in a file build on one another.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
