import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/web/**/*.web.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // One browser at a time: figures of speed are printed.
    fileParallelism: false,
    env: { POWERTOOLS_METRICS_DISABLED: 'true', POWERTOOLS_LOG_LEVEL: 'SILENT' },
  },
})
