// Intl. The script reads and checks options; native formats. Source: ECMA-402.
(function (native) {
  const slots = new WeakMap() // what is behind the objects of this script

  function slot(object, name, by = 'format') {
    const s = typeof object === 'object' && object !== null ? slots.get(object) : undefined
    if (!s || s.name !== name) {
      const shown = typeof object === 'object' && object !== null ? `#<${object.constructor.name}>` : String(object)
      const method = name === 'DateTimeFormat' || name === 'NumberFormat' ? `Unwrap${name}` : `Intl.${name}.prototype.${by}`
      throw new TypeError(`Method ${method} called on incompatible receiver ${shown}`)
    }
    return s
  }

  // ---- locales

  function canonicalList(locales) {
    if (locales === undefined) return []
    if (locales === null) throw new TypeError('Cannot convert undefined or null to object')
    const list = typeof locales === 'string' || locales instanceof Locale ? [locales] : Array.from(Object(locales))
    const out = []
    for (const item of list) {
      if (typeof item !== 'string' && (typeof item !== 'object' || item === null)) throw new TypeError('Language ID should be string or object.')
      const tag = native.canonical(String(item))
      if (tag === undefined) throw new RangeError(`Incorrect locale information provided`)
      if (!out.includes(tag)) out.push(tag)
    }
    return out
  }
  function supportedLocalesOf(locales) { return native.supported(canonicalList(locales)) }

  // ---- options

  function option(options, where, name, allowed, fallback) {
    let value = options[name]
    if (value === undefined) return fallback
    if (allowed === 'boolean') return Boolean(value)
    value = String(value)
    if (allowed && !allowed.includes(value)) throw new RangeError(`Value ${value} out of range for Intl.${where} options property ${name}`)
    return value
  }
  function digits(options, name, low, high, fallback) {
    const value = options[name]
    if (value === undefined) return fallback
    const n = Number(value)
    if (!(n >= low && n <= high)) throw new RangeError(`${name} value is out of range.`)
    return Math.floor(n)
  }

  // ---- DateTimeFormat

  const widths = ['narrow', 'short', 'long']
  const numbers = ['2-digit', 'numeric']
  const components = [
    ['weekday', widths], ['era', widths], ['year', numbers], ['month', numbers.concat(widths)], ['day', numbers], ['dayPeriod', widths],
    ['hour', numbers], ['minute', numbers], ['second', numbers], ['fractionalSecondDigits', null],
    ['timeZoneName', ['short', 'long', 'shortOffset', 'longOffset', 'shortGeneric', 'longGeneric']],
  ]
  const styles = ['full', 'long', 'medium', 'short']
  const dateParts = ['weekday', 'year', 'month', 'day']
  const timeParts = ['dayPeriod', 'hour', 'minute', 'second', 'fractionalSecondDigits']

  // dateOptions resolves options. required says which components count as asking for something,
  // defaults which are shown if none does.
  function dateOptions(locales, options, required, defaults) {
    const [data, name] = native.match(canonicalList(locales))
    options = options === undefined ? Object.create(null) : Object(options)
    const out = { data, locale: name, calendar: 'gregory', numberingSystem: 'latn' }
    const hour12 = option(options, 'DateTimeFormat', 'hour12', 'boolean', undefined)
    let cycle = option(options, 'DateTimeFormat', 'hourCycle', ['h11', 'h12', 'h23', 'h24'], undefined)
    if (hour12 !== undefined) {
      const whole = data === 'en-GB'
      cycle = hour12 ? (whole ? 'h11' : 'h12') : whole ? 'h23' : 'h24'
    }
    let zone = options.timeZone
    if (zone !== undefined) {
      zone = String(zone)
      out.timeZone = native.zone(zone)
      if (out.timeZone === undefined) throw new RangeError(`Invalid time zone specified: ${zone}`)
    } else {
      out.timeZone = native.zone()
    }
    const asked = {}
    for (const [key, allowed] of components) {
      const value = key === 'fractionalSecondDigits' ? digits(options, key, 1, 3, undefined) : option(options, 'DateTimeFormat', key, allowed, undefined)
      if (value !== undefined) asked[key] = value
    }
    const dateStyle = option(options, 'DateTimeFormat', 'dateStyle', styles, undefined)
    const timeStyle = option(options, 'DateTimeFormat', 'timeStyle', styles, undefined)
    if (dateStyle !== undefined || timeStyle !== undefined) {
      const both = Object.keys(asked)[0]
      if (both) throw new TypeError(`Can't set option ${both} when ${dateStyle !== undefined ? 'dateStyle' : 'timeStyle'} is used`)
      if (required === 'date' && timeStyle !== undefined) throw new TypeError('Invalid option : timeStyle')
      if (required === 'time' && dateStyle !== undefined) throw new TypeError('Invalid option : dateStyle')
    } else {
      const wanted = (required === 'time' ? [] : dateParts).concat(required === 'date' ? [] : timeParts)
      if (!wanted.some((key) => asked[key] !== undefined)) {
        if (defaults !== 'time') for (const key of ['year', 'month', 'day']) asked[key] = 'numeric'
        if (defaults !== 'date') for (const key of ['hour', 'minute', 'second']) asked[key] = 'numeric'
      }
    }
    const clock = asked.hour !== undefined || timeStyle !== undefined
    if (clock) {
      out.hourCycle = cycle || (data === 'en-GB' ? 'h23' : 'h12')
      out.hour12 = out.hourCycle === 'h11' || out.hourCycle === 'h12'
    }
    for (const [key] of components) if (asked[key] !== undefined) out[key] = asked[key]
    if (out.minute && (out.hour || out.second)) out.minute = '2-digit'
    if (out.second && (out.hour || out.minute)) out.second = '2-digit'
    // Hours without AM and PM have two digits, but in Britain if the minutes are asked to have two.
    if (out.hour && !out.hour12 && !(data === 'en-GB' && asked.minute === '2-digit')) out.hour = '2-digit'
    if (dateStyle !== undefined) out.dateStyle = dateStyle
    if (timeStyle !== undefined) out.timeStyle = timeStyle
    return out
  }

  function timeValue(date) {
    const ms = date === undefined ? Date.now() : Number(date)
    if (!(Math.abs(ms) <= 8.64e15)) throw new RangeError('Invalid time value')
    return ms
  }

  function DateTimeFormat(locales, options) {
    const self = new.target ? this : Object.create(DateTimeFormat.prototype)
    const resolved = dateOptions(locales, options, 'any', 'date')
    slots.set(self, { name: 'DateTimeFormat', resolved, format: native.dateFormat(resolved) })
    return self
  }
  define(DateTimeFormat, 'DateTimeFormat', {
    get format() {
      const s = slot(this, 'DateTimeFormat')
      s.bound = s.bound || ((date) => s.format.text(timeValue(date)))
      return s.bound
    },
    formatToParts(date) { return slot(this, 'DateTimeFormat').format.parts(timeValue(date)) },
    formatRange(start, end) {
      const s = slot(this, 'DateTimeFormat')
      const a = s.format.text(timeValue(start))
      const b = s.format.text(timeValue(end))
      return a === b ? a : `${a} – ${b}`
    },
    resolvedOptions() {
      const { data, ...shown } = slot(this, 'DateTimeFormat').resolved
      return shown
    },
  })

  // ---- NumberFormat

  function numberOptions(locales, options) {
    const where = 'NumberFormat'
    const [data, name] = native.match(canonicalList(locales))
    options = options === undefined ? Object.create(null) : Object(options)
    const out = { locale: name, numberingSystem: 'latn' }
    out.style = option(options, where, 'style', ['decimal', 'percent', 'currency', 'unit'], 'decimal')
    const currency = option(options, where, 'currency', null, undefined)
    if (currency !== undefined && !/^[a-zA-Z]{3}$/.test(currency)) throw new RangeError(`Invalid currency code : ${currency}`)
    if (out.style === 'currency' && currency === undefined) throw new TypeError('Currency code is required with currency style.')
    const currencyDisplay = option(options, where, 'currencyDisplay', ['code', 'symbol', 'name', 'narrowSymbol'], 'symbol')
    const currencySign = option(options, where, 'currencySign', ['standard', 'accounting'], 'standard')
    const unit = option(options, where, 'unit', null, undefined)
    const unitDisplay = option(options, where, 'unitDisplay', ['short', 'narrow', 'long'], 'short')
    if (out.style === 'unit' && unit === undefined) throw new TypeError("Invalid unit argument for Intl.NumberFormat() ''")
    if (unit !== undefined && !native.knownUnit(unit)) throw new RangeError(`Invalid unit argument for Intl.NumberFormat() '${unit}'`)
    if (out.style === 'currency') Object.assign(out, { currency: currency.toUpperCase(), currencyDisplay, currencySign })
    if (out.style === 'unit') Object.assign(out, { unit, unitDisplay })
    const notation = option(options, where, 'notation', ['standard', 'scientific', 'engineering', 'compact'], 'standard')
    let low = 0
    let high = out.style === 'percent' ? 0 : 3
    if (out.style === 'currency' && notation === 'standard') low = high = native.currencyDigits(out.currency)
    out.minimumIntegerDigits = digits(options, 'minimumIntegerDigits', 1, 21, 1)
    const minF = digits(options, 'minimumFractionDigits', 0, 100, undefined)
    const maxF = digits(options, 'maximumFractionDigits', 0, 100, undefined)
    const significant = options.minimumSignificantDigits !== undefined || options.maximumSignificantDigits !== undefined
    let roundCompact = false
    if (significant) {
      out.minimumSignificantDigits = digits(options, 'minimumSignificantDigits', 1, 21, 1)
      out.maximumSignificantDigits = digits(options, 'maximumSignificantDigits', out.minimumSignificantDigits, 21, 21)
    } else if (notation === 'compact' && minF === undefined && maxF === undefined) {
      roundCompact = true
      Object.assign(out, { minimumSignificantDigits: 1, maximumSignificantDigits: 2, minimumFractionDigits: 0, maximumFractionDigits: 0 })
    } else {
      if (minF !== undefined && maxF !== undefined && minF > maxF) throw new RangeError('maximumFractionDigits value is out of range.')
      out.minimumFractionDigits = minF !== undefined ? minF : Math.min(low, maxF === undefined ? low : maxF)
      out.maximumFractionDigits = maxF !== undefined ? maxF : Math.max(high, out.minimumFractionDigits)
    }
    let grouping = options.useGrouping
    if (grouping === undefined) grouping = notation === 'compact' ? 'min2' : 'auto'
    else if (grouping === true) grouping = 'always'
    else if (grouping === false || grouping === null || grouping === 0 || grouping === '') grouping = false
    else if (grouping === 'true' || grouping === 'false') grouping = notation === 'compact' ? 'min2' : 'auto'
    else grouping = option(options, where, 'useGrouping', ['min2', 'auto', 'always'], 'auto')
    out.useGrouping = grouping
    out.notation = notation
    const compactDisplay = option(options, where, 'compactDisplay', ['short', 'long'], 'short')
    if (notation === 'compact') out.compactDisplay = compactDisplay
    out.signDisplay = option(options, where, 'signDisplay', ['auto', 'never', 'always', 'exceptZero', 'negative'], 'auto')
    Object.assign(out, { roundingMode: 'halfExpand', roundingIncrement: 1, trailingZeroDisplay: 'auto', roundingPriority: roundCompact ? 'morePrecision' : 'auto' })
    return { shown: out, spec: Object.assign({ data, grouping: grouping === false ? '' : grouping, roundCompact }, out) }
  }

  function NumberFormat(locales, options) {
    const self = new.target ? this : Object.create(NumberFormat.prototype)
    const { shown, spec } = numberOptions(locales, options)
    slots.set(self, { name: 'NumberFormat', resolved: shown, format: native.numberFormat(spec) })
    return self
  }
  function numeric(value) {
    if (typeof value === 'bigint' || typeof value === 'string') return value
    return typeof value === 'object' && value !== null ? numeric(value.valueOf() === value ? String(value) : value.valueOf()) : Number(value)
  }
  define(NumberFormat, 'NumberFormat', {
    get format() {
      const s = slot(this, 'NumberFormat')
      s.bound = s.bound || ((value) => s.format.text(numeric(value)))
      return s.bound
    },
    formatToParts(value) { return slot(this, 'NumberFormat').format.parts(numeric(value)) },
    resolvedOptions() { return Object.assign({}, slot(this, 'NumberFormat').resolved) },
  })

  // ---- Collator

  function Collator(locales, options) {
    const self = new.target ? this : Object.create(Collator.prototype)
    const tags = canonicalList(locales)
    const [, name] = native.match(tags)
    options = options === undefined ? Object.create(null) : Object(options)
    const resolved = {
      locale: name,
      usage: option(options, 'Collator', 'usage', ['sort', 'search'], 'sort'),
      sensitivity: option(options, 'Collator', 'sensitivity', ['base', 'accent', 'case', 'variant'], 'variant'),
      ignorePunctuation: option(options, 'Collator', 'ignorePunctuation', 'boolean', false),
      collation: 'default',
      numeric: option(options, 'Collator', 'numeric', 'boolean', tags.some((tag) => /-u-(.*-)?kn(-true)?(-|$)/.test(tag))),
      caseFirst: option(options, 'Collator', 'caseFirst', ['upper', 'lower', 'false'], 'false'),
    }
    slots.set(self, { name: 'Collator', resolved, compare: native.collator(resolved) })
    return self
  }
  define(Collator, 'Collator', {
    get compare() { return slot(this, 'Collator').compare },
    resolvedOptions() { return Object.assign({}, slot(this, 'Collator').resolved) },
  })

  // ---- PluralRules, ListFormat, RelativeTimeFormat

  class PluralRules {
    constructor(locales, options) {
      const [, name] = native.match(canonicalList(locales))
      options = options === undefined ? {} : Object(options)
      slots.set(this, { name: 'PluralRules', locale: name, type: option(options, 'PluralRules', 'type', ['cardinal', 'ordinal'], 'cardinal') })
    }
    select(n) {
      n = Number(n)
      if (slot(this, 'PluralRules', 'select').type === 'cardinal') return n === 1 ? 'one' : 'other'
      const tens = n % 100
      return tens >= 11 && tens <= 13 ? 'other' : { 1: 'one', 2: 'two', 3: 'few' }[n % 10] || 'other'
    }
    resolvedOptions() {
      const { locale, type } = slot(this, 'PluralRules')
      const pluralCategories = type === 'cardinal' ? ['one', 'other'] : ['few', 'one', 'two', 'other']
      return { locale, type, minimumIntegerDigits: 1, minimumFractionDigits: 0, maximumFractionDigits: 3, pluralCategories, roundingIncrement: 1, roundingMode: 'halfExpand', roundingPriority: 'auto', trailingZeroDisplay: 'auto' }
    }
  }
  define(PluralRules, 'PluralRules')

  class ListFormat {
    constructor(locales, options) {
      const [data, name] = native.match(canonicalList(locales))
      options = options === undefined ? {} : Object(options)
      slots.set(this, {
        name: 'ListFormat', data, locale: name, type: option(options, 'ListFormat', 'type', ['conjunction', 'disjunction', 'unit'], 'conjunction'),
        style: option(options, 'ListFormat', 'style', ['long', 'short', 'narrow'], 'long'),
      })
    }
    formatToParts(list = []) {
      const { data, type, style } = slot(this, 'ListFormat')
      const items = Array.from(list, (item) => {
        if (typeof item !== 'string') throw new TypeError(`Iterable yielded ${String(item)} which is not a string`)
        return item
      })
      const us = data === 'en-US'
      let word = type === 'disjunction' ? 'or' : 'and'
      if (type === 'conjunction' && style !== 'long' && us) word = style === 'short' ? '&' : ''
      const comma = type === 'unit' && style === 'narrow' ? ' ' : ', '
      const last = type === 'unit' || word === '' ? comma : (us && items.length > 2 ? ',' : '') + ` ${word} `
      const out = []
      items.forEach((value, i) => {
        if (i > 0) out.push({ type: 'literal', value: i === items.length - 1 ? last : comma })
        out.push({ type: 'element', value })
      })
      return out
    }
    format(list) { return this.formatToParts(list).map((part) => part.value).join('') }
    resolvedOptions() {
      const { locale, type, style } = slot(this, 'ListFormat')
      return { locale, type, style }
    }
  }
  define(ListFormat, 'ListFormat')

  const near = {
    year: ['last year', 'this year', 'next year'], quarter: ['last quarter', 'this quarter', 'next quarter'], month: ['last month', 'this month', 'next month'],
    week: ['last week', 'this week', 'next week'], day: ['yesterday', 'today', 'tomorrow'], hour: [undefined, 'this hour'], minute: [undefined, 'this minute'], second: [undefined, 'now'],
  }
  class RelativeTimeFormat {
    constructor(locales, options) {
      const [, name] = native.match(canonicalList(locales))
      options = options === undefined ? {} : Object(options)
      slots.set(this, {
        name: 'RelativeTimeFormat', locale: name, style: option(options, 'RelativeTimeFormat', 'style', ['long', 'short', 'narrow'], 'long'),
        numeric: option(options, 'RelativeTimeFormat', 'numeric', ['always', 'auto'], 'always'), numbers: new NumberFormat(name),
      })
    }
    format(value, unit) {
      const s = slot(this, 'RelativeTimeFormat')
      const name = String(unit).replace(/s$/, '')
      if (!(name in near)) throw new RangeError(`Invalid unit argument for Intl.RelativeTimeFormat.prototype.format() '${unit}'`)
      value = Number(value)
      if (!Number.isFinite(value)) throw new RangeError('Value need to be finite number for Intl.RelativeTimeFormat.prototype.format()')
      if (s.numeric === 'auto') {
        const word = { '-1': near[name][0], 0: near[name][1], 1: near[name][2] }[value]
        if (word !== undefined) return word
      }
      const past = value < 0 || Object.is(value, -0)
      const n = s.numbers.format(Math.abs(value))
      const label = name + (n === '1' ? '' : 's')
      return past ? `${n} ${label} ago` : `in ${n} ${label}`
    }
    resolvedOptions() {
      const { locale, style, numeric } = slot(this, 'RelativeTimeFormat')
      return { locale, style, numeric, numberingSystem: 'latn' }
    }
  }
  define(RelativeTimeFormat, 'RelativeTimeFormat')

  class Locale {
    constructor(tag) {
      const canonical = typeof tag === 'string' || tag instanceof Locale ? native.canonical(String(tag)) : undefined
      if (canonical === undefined) throw typeof tag === 'string' ? new RangeError('Incorrect locale information provided') : new TypeError('First argument to Intl.Locale constructor can\'t be empty or missing')
      slots.set(this, { name: 'Locale', canonical })
    }
    get baseName() { return slot(this, 'Locale').canonical.replace(/-[ux]-.*$/, '') }
    get language() { return this.baseName.split('-')[0] }
    get script() { return this.baseName.split('-').find((part) => /^[A-Z][a-z]{3}$/.test(part)) }
    get region() { return this.baseName.split('-').slice(1).find((part) => /^([A-Z]{2}|[0-9]{3})$/.test(part)) }
    toString() { return slot(this, 'Locale').canonical }
  }
  define(Locale, 'Locale')

  // define gives a constructor what all of them have.
  function define(constructor, name, methods = {}) {
    const descriptors = Object.getOwnPropertyDescriptors(methods)
    for (const key of Object.keys(descriptors)) descriptors[key].enumerable = false
    Object.defineProperties(constructor.prototype, descriptors)
    Object.defineProperty(constructor.prototype, Symbol.toStringTag, { value: `Intl.${name}`, configurable: true })
    if (name !== 'Locale') Object.defineProperty(constructor, 'supportedLocalesOf', { value: supportedLocalesOf, writable: true, configurable: true })
  }

  const Intl = {}
  for (const [name, value] of Object.entries({ getCanonicalLocales: (locales) => canonicalList(locales), DateTimeFormat, NumberFormat, Collator, PluralRules, RelativeTimeFormat, ListFormat, Locale })) {
    Object.defineProperty(Intl, name, { value, writable: true, configurable: true })
  }
  Object.defineProperty(Intl, Symbol.toStringTag, { value: 'Intl', configurable: true })

  // ---- methods of dates, numbers and texts

  return {
    Intl,
    // Each gives a function of the value; the methods keep it for the next call with like options.
    date: (kind, locales, options) => native.dateFormat(dateOptions(locales, options, kind === 'all' ? 'any' : kind, kind)).text,
    number: (kind, locales, options) => native.numberFormat(numberOptions(locales, options).spec).text,
    compare: (kind, locales, options) => new Collator(locales, options).compare,
  }
})
