import main, { greet, Store } from './lib'
export const use = () => greet('user') + ' ' + main()
export const stored = () => new Store().add(1)
