// read-only: validates against a schema with unions and generics, counts problems
type Rule<T = unknown> = { key: string; kind: 'string' | 'number' | 'boolean' | 'object'; required?: boolean; test?: (value: T) => boolean }
const schema = [
  { key: 'distinct_id', kind: 'string', required: true, test: (v: string) => v.trim() !== '' },
  { key: 'properties', kind: 'object', test: (v: object) => Object.keys(v).length < 100 },
  { key: 'timestamp', kind: 'string', test: (v: string) => !Number.isNaN(Date.parse(v)) },
  { key: 'team_id', kind: 'number', test: (v: number) => Number.isInteger(v) },
] satisfies Rule<any>[]

const problems = new Map<string, number>()

export function processEvent<E extends Record<string, unknown>>(event: E): E {
  for (const { key, kind, required = false, test } of schema as Rule<any>[]) {
    const value = event[key]
    if (value === undefined || value === null) {
      if (required) note(`${key} missing`)
    } else if (typeof value !== kind) note(`${key} is ${typeof value}`)
    else if (!test!(value)) note(`${key} fails`)
  }
  return event
}

function note(text: string): void {
  problems.set(text, (problems.get(text) ?? 0) + 1)
}

export const teardownPlugin = () => console.warn([...problems].sort())
