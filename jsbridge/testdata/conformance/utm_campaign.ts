// string methods over a query, enum with string values, const assertion
enum Channel {
  Paid = 'paid',
  Email = 'email',
  Social = 'social',
  Direct = 'direct',
  Other = 'other',
}
const UTM = ['source', 'medium', 'campaign', 'term', 'content'] as const
type Utm = Partial<Record<(typeof UTM)[number], string>>

function channelOf({ source, medium }: Utm, referrer?: string): Channel {
  if (/^(cpc|ppc|paid.*)$/i.test(medium ?? '')) return Channel.Paid
  if (medium === 'email' || source?.includes('newsletter')) return Channel.Email
  if (['facebook', 'twitter', 'linkedin'].some((s) => source === s || referrer?.includes(s))) return Channel.Social
  return referrer === '$direct' || !referrer ? Channel.Direct : Channel.Other
}

export function processEvent(event: any) {
  const { $current_url: url = '', $referrer } = event.properties ?? {}
  const query = String(url).split('?', 2)[1]?.split('#')[0] ?? ''
  const utm: Utm = {}
  for (const part of query.split('&')) {
    const [name, ...rest] = part.split('=')
    const key = name.replace(/^utm_/, '') as keyof Utm
    if (name.startsWith('utm_') && UTM.includes(key)) utm[key] = rest.join('=')
  }
  return { ...event, channel: channelOf(utm, typeof $referrer === 'string' ? $referrer : undefined), utm }
}
