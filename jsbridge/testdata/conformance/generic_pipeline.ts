// a pipeline of typed steps: generics, tuples, conditional types, optional methods, assertion functions
type Step<I, O> = { name: string; run: (input: I) => O; when?(input: I): boolean }
type Out<T> = T extends Step<any, infer O> ? O : never
function assertObject(v: unknown): asserts v is Record<string, any> {
  if (typeof v !== 'object' || v === null) throw new TypeError(`expected an object, got ${v === null ? 'null' : typeof v}`)
}
class Pipeline<T> {
  private constructor(private readonly steps: readonly Step<any, any>[]) {}
  static of<T>(): Pipeline<T> { return new Pipeline<T>([]) }
  add<O>(step: Step<T, O>): Pipeline<O> { return new Pipeline<O>([...this.steps, step]) }
  run(input: unknown): { value: T; ran: string[] } {
    const ran: string[] = []
    const value = this.steps.reduce((acc, { name, run, when }) => (when?.(acc) ?? true) ? (ran.push(name), run(acc)) : acc, input)
    return { value: value as T, ran }
  }
}
const lower: Step<any, any> = { name: 'lower', run: (e) => ({ ...e, event: e.event.toLowerCase() }), when: (e) => typeof e.event === 'string' }
const pipeline = Pipeline.of<any>().add(lower).add({ name: 'count', run: (e) => ({ ...e, count: Object.keys(e.properties).length }), when(e) { return e.properties } })

export function processEvent(event: unknown): Out<typeof lower> {
  assertObject(event)
  assertObject(event.properties)
  const { value, ran } = pipeline.run(event)
  return { ...value, ran }
}
