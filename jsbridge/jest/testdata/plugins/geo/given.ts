const places: Record<string, any> = {
  '1.2.3.4': { city: { names: { en: 'Oslo' } }, country: { iso_code: 'NO' }, location: { latitude: 59.9 } },
  '5.6.7.8': { country: { iso_code: 'SE' } },
}
export default { places }
