package manifest

import "strings"

// maxNearestRunes is the length past which a name is not compared: nobody mistyped it.
const maxNearestRunes = 64

// nearest returns the known name that was most likely meant by got, or "". Case is ignored;
// of equally near names the first wins. About one slip in three letters is allowed, three at
// most.
func nearest(got string, known []string) string {
	if len(got) > 4*maxNearestRunes {
		return ""
	}
	word := []rune(strings.ToLower(got))
	if len(word) > maxNearestRunes {
		return ""
	}
	best, bestDistance := "", min(3, max(1, len(word)/3), len(word)-1)+1
	for _, name := range known {
		if name == got {
			continue
		}
		if d := distance(word, []rune(strings.ToLower(name)), bestDistance); d < bestDistance {
			best, bestDistance = name, d
		}
	}
	return best
}

// distance is the number of insertions, deletions, substitutions and swaps of neighbours that
// turn a into b (Damerau-Levenshtein, each place edited once), or limit if it is not below it.
func distance(a, b []rune, limit int) int {
	if max(len(a)-len(b), len(b)-len(a)) >= limit {
		return limit
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost(a[i] != b[j]))
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], limit)
}

func cost(differs bool) int {
	if differs {
		return 1
	}
	return 0
}
