package piiredact

import "strings"

// Lengths of numbers in digits.
const (
	minCard  = 13
	maxCard  = 19
	minPhone = 8
	maxPhone = 15
)

const decimal = "0123456789"

// maybeDigits says whether a text may hold a number.
func maybeDigits(s string) bool { return len(s) >= minPhone && strings.ContainsAny(s, decimal) }

// findCard finds the number of a card: groups of digits with one space or hyphen between them. Of
// the groups in a row as many are taken as make a number.
func findCard(s string, from int) (start, end int, ok bool) {
	for i := from; len(s)-i >= minCard; {
		next := strings.IndexAny(s[i:], decimal)
		if next < 0 {
			break
		}
		i += next
		if run := endOf(s, i, decimal+" -"); run-i < minCard {
			i = run
			continue
		}
		if end = endOfCard(s, i); end > 0 && !isInWord(s, i, end) {
			return i, end, true
		}
		i = endOf(s, i, decimal)
	}
	return 0, 0, false
}

// endOfCard is the end of the longest card number that begins at i, 0 if none does.
func endOfCard(s string, i int) int {
	end, n := 0, 0
	for start := i; n < maxCard && i < len(s) && isDigit(s[i]); i++ {
		next := endOf(s, i, decimal)
		n += next - i
		if n >= minCard && n <= maxCard && isCard(digits(s[start:next])) {
			end = next
		}
		i = next
		if i == len(s) || s[i] != ' ' && s[i] != '-' {
			break
		}
	}
	return end
}

// endOf is the end of the letters at i that are among some.
func endOf(s string, i int, letters string) int {
	return len(s) - len(strings.TrimLeft(s[i:], letters))
}

// digits are the digits of a text.
func digits(s string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if isDigit(s[i]) {
			b = append(b, s[i])
		}
	}
	return string(b)
}

// isCard says whether digits are the number of a card: of a known issuer, with the right check
// digit.
func isCard(d string) bool { return isIssued(d) && luhn(d) }

// isIssued knows the first digits and the lengths of the issuers' numbers.
func isIssued(d string) bool {
	if len(d) < minCard || len(d) > maxCard {
		return false
	}
	switch n := len(d); {
	case d[0] == '4': // Visa
		return n == 13 || n == 16 || n == 19
	case d[:2] >= "51" && d[:2] <= "55", d[:4] >= "2221" && d[:4] <= "2720": // Mastercard
		return n == 16
	case d[:2] == "34", d[:2] == "37": // American Express
		return n == 15
	case d[:2] == "36", d[:2] == "38", d[:3] >= "300" && d[:3] <= "305": // Diners Club
		return n == 14
	case d[:2] == "35", d[0] == '6': // JCB, Discover, UnionPay, Maestro
		return n >= 16
	}
	return false
}

// luhn checks the last digit: every second digit from the right is doubled, digits are summed up.
func luhn(d string) bool {
	sum := 0
	for i := 0; i < len(d); i++ {
		n := int(d[len(d)-1-i] - '0')
		if i%2 == 1 {
			n *= 2
		}
		sum += n/10 + n%10
	}
	return sum%10 == 0
}

func maskCard(found string) string { return maskDigits(found, 4) }

// maskDigits puts stars in the place of all digits but the last few.
func maskDigits(found string, keep int) string {
	b := []byte(found)
	for i := len(b) - 1; i >= 0; i-- {
		if !isDigit(b[i]) {
			continue
		}
		if keep > 0 {
			keep--
			continue
		}
		b[i] = '*'
	}
	return string(b)
}

// findPhone finds a phone number: a + and 8 to 15 digits, or ten digits as (212) 555-0187,
// 212-555-0187, 212.555.0187 or 212 555 0187.
func findPhone(s string, from int) (start, end int, ok bool) {
	for i := from; i < len(s); {
		next := strings.IndexAny(s[i:], "+("+decimal)
		if next < 0 {
			break
		}
		i += next
		if run := endOf(s, i, decimal+"+-./() "); run-i < minPhone {
			i = run
			continue
		}
		if s[i] == '+' {
			end = endOfPhone(s, i+1)
		} else {
			end = endOfNational(s, i)
		}
		if end > i && !isInWord(s, i, end) {
			return i, end, true
		}
		i = max(endOf(s, i, decimal), i+1)
	}
	return 0, 0, false
}

// endOfPhone is the end of an international number behind its +, 0 if there is none.
func endOfPhone(s string, i int) int {
	n, end := 0, 0
	for ; i < len(s); i++ {
		switch {
		case isDigit(s[i]):
			n++
			end = i + 1
		case strings.IndexByte(" -./()", s[i]) < 0 || end == 0 && s[i] != '(' || i-end > 1:
			return phoneEnd(n, end)
		}
	}
	return phoneEnd(n, end)
}

func phoneEnd(n, end int) int {
	if n < minPhone || n > maxPhone {
		return 0
	}
	return end
}

// endOfNational is the end of a number of three, three and four digits, 0 if there is none.
func endOfNational(s string, i int) int {
	brackets := s[i] == '('
	if brackets {
		i++
	}
	if !isDigits(s, i, 3) {
		return 0
	}
	i += 3
	if brackets {
		if i >= len(s) || s[i] != ')' {
			return 0
		}
		i++
		if i < len(s) && s[i] == ' ' {
			i++
		}
	} else if i = separator(s, i); i == 0 {
		return 0
	}
	if !isDigits(s, i, 3) {
		return 0
	}
	i = separator(s, i+3)
	if i == 0 || !isDigits(s, i, 4) || goesOn(s, i+4) {
		return 0
	}
	return i + 4
}

// goesOn says whether more digits follow, so that what stands before is a version or an id.
func goesOn(s string, i int) bool {
	i = separator(s, i)
	return i > 0 && s[i-1] != ' ' && isDigits(s, i, 1)
}

// separator goes past one separator, 0 if there is none.
func separator(s string, i int) int {
	if i < len(s) && strings.IndexByte("-. ", s[i]) >= 0 {
		return i + 1
	}
	return 0
}

// isDigits says whether n digits stand at i.
func isDigits(s string, i, n int) bool {
	return i+n <= len(s) && strings.Trim(s[i:i+n], decimal) == ""
}

func maskPhone(found string) string { return maskDigits(found, 2) }

// normalPhone is a number's digits, with a + if it is international.
func normalPhone(found string) string {
	if strings.HasPrefix(found, "+") {
		return "+" + digits(found)
	}
	return digits(found)
}
