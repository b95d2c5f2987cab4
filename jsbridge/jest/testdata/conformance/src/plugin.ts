export interface Event { event: string; properties?: Record<string, any> }
export async function process(e: Event): Promise<Event | null> {
  e.properties = { ...e.properties, seen: true }
  return e
}
