// unicode: code points, normalize, surrogates, escapes, encodeURIComponent, isWellFormed
export function processEvent(event) {
  const s = JSON.stringify(event.properties ?? null)
  const points = [...s].filter((c) => c.length > 1 || c > '\x7f').slice(0, 20)
  event.u = {
    points: points.map((c) => c.codePointAt(0).toString(16)),
    units: points.join('').split('').slice(0, 30).map((c) => c.charCodeAt(0)),
    nfc: ['NFC', 'NFD', 'NFKC', 'NFKD'].map((f) => points.join('').normalize(f).length),
    same: ['e\u0301'.normalize() === 'é', '\u{1F600}' === '\ud83d\ude00', 'ﬁ'.normalize('NFKC')],
    uri: points.map((c) => { try { return encodeURIComponent(c) } catch (e) { return `${e.name}: ${e.message}` } }),
    back: [decodeURIComponent('%F0%9F%98%80%20'), encodeURI('http://x/é ?q=ü&r=#z'), decodeURI('%23%C3%A9'), escape('é€ +'), unescape('%u20AC%E9')],
    lone: ['\ud800'.length, '\ud800a'.codePointAt(0), JSON.stringify('\ud800'), [...'\ude00\ud83d'].length, '\ud83d\ude00'.slice(0, 1) === '\ud83d'],
    upper: 'ǆ ŉ ΐ'.toUpperCase(), identifiers: { ñandú: 1, 变量: 2, '\u{1d7d8}': 3 }, fold: 'ſ'.toUpperCase() + 'K'.toLowerCase(),
  }
  return event
}
