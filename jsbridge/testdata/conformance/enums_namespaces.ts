// numeric, string, const and computed enums, reverse mapping, merged namespaces, declaration merging
enum Level { Low = 1, Mid, High = Mid * 5, Text = 'len'.length }
const enum Kind { Page = 'page', Click = 'click' }
enum Flag { None = 0, A = 1 << 0, B = 1 << 1, AB = A | B }
namespace Config { export const limit = 30; export namespace Inner { export let name = 'inner' } }
namespace Config { export const more = limit + 1 }
function label() { return label.text }
namespace label { export const text = 'merged' }
interface Box { a: number }
interface Box { b?: string }

export function processEvent(event: any) {
  const kinds: Record<string, Kind> = { $pageview: Kind.Page, $autocapture: Kind.Click }
  const size = Object.keys(event.properties ?? {}).length
  const level = size > Config.limit ? Level.High : Level.Low
  const flags = (event.ip ? Flag.A : Flag.None) | (size ? Flag.B : Flag.None)
  const box: Box = { a: level } as const
  event.ts = { kind: kinds[event.event] ?? null, level, name: Level[level], text: Level.Text, flags, flag: Flag[flags], keys: Object.keys(Level), more: Config.more, inner: Config.Inner.name, label: label(), box: box!, cast: <number>(<unknown>'5') }
  return event
}
