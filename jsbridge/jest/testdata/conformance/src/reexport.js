export { greet as hi } from './lib'
export * from './counter'
export * as lib from './lib'
