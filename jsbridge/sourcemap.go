package jsbridge

import (
	"encoding/json"
	"strings"
)

// engineMap prepares a source map of esbuild's for goja, which counts columns from 1 where the
// format counts from 0, in the generated text as in the source. lines is the number of lines that
// were put before the generated text. Without it, errors would be one column off.
func engineMap(sourceMap string, lines int) string {
	var fields map[string]json.RawMessage
	var mappings string
	if json.Unmarshal([]byte(sourceMap), &fields) != nil || json.Unmarshal(fields["mappings"], &mappings) != nil {
		return sourceMap
	}
	text, err := json.Marshal(strings.Repeat(";", lines) + shiftColumns(mappings))
	if err != nil {
		return sourceMap
	}
	fields["mappings"] = text
	if text, err = json.Marshal(fields); err != nil {
		return sourceMap
	}
	return string(text)
}

// shiftColumns adds 1 to all columns. Columns are written as differences: to the one before it
// in the line for the generated text, to the one before it at all for the source.
func shiftColumns(mappings string) string {
	lines := strings.Split(mappings, ";")
	sourceShifted := false
	for i, line := range lines {
		if line == "" {
			continue
		}
		segments := strings.Split(line, ",")
		for j, segment := range segments {
			if j > 0 && sourceShifted {
				break
			}
			fields := decodeVLQ(segment)
			if j == 0 && len(fields) > 0 {
				fields[0]++
			}
			if len(fields) >= 4 && !sourceShifted {
				fields[3]++
				sourceShifted = true
			}
			segments[j] = encodeVLQ(fields)
		}
		lines[i] = strings.Join(segments, ",")
	}
	return strings.Join(lines, ";")
}

const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// decodeVLQ reads the numbers of one segment.
func decodeVLQ(segment string) []int {
	var fields []int
	value, shift := 0, 0
	for i := range len(segment) {
		digit := strings.IndexByte(base64Digits, segment[i])
		if digit < 0 {
			return fields
		}
		value |= digit & 31 << shift
		if shift += 5; digit&32 != 0 {
			continue
		}
		if value&1 != 0 {
			fields = append(fields, -(value >> 1))
		} else {
			fields = append(fields, value>>1)
		}
		value, shift = 0, 0
	}
	return fields
}

func encodeVLQ(fields []int) string {
	var b strings.Builder
	for _, field := range fields {
		value := field << 1
		if field < 0 {
			value = -field<<1 | 1
		}
		for {
			digit := value & 31
			if value >>= 5; value > 0 {
				digit |= 32
			}
			b.WriteByte(base64Digits[digit])
			if value == 0 {
				break
			}
		}
	}
	return b.String()
}
