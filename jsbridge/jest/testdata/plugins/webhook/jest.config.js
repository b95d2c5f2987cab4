module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/src'],
  testMatch: ['**/*.spec.js'],
  restoreMocks: true,
  globals: { __CONFIGURED__: { yes: true } },
  setupFiles: ['./setup.js'],
  setupFilesAfterEnv: ['<rootDir>/after.js'],
}
