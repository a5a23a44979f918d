import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/aws/**', 'test/web/**', 'test/faults/**'],
    // How long something takes is the bench's matter: a busy machine fails no test.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // AWS_* of the developer's shell must never leak into a test.
    env: {
      AWS_PROFILE: '',
      AWS_REGION: '',
      AWS_ACCESS_KEY_ID: '',
      AWS_SECRET_ACCESS_KEY: '',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
  },
})
