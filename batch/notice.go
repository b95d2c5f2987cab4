package batch

import (
	"encoding/hex"
	"fmt"

	"github.com/plugreel/plugreel/sdk"
)

// noticeText is "file:line:column: message (code)", as far as the position is known.
func noticeText(n sdk.Notice) string {
	text := fmt.Sprintf("%s (%s)", n.Message, n.Code)
	switch {
	case n.File == "":
		return text
	case n.Line == 0:
		return n.File + ": " + text
	}
	return fmt.Sprintf("%s:%d:%d: %s", n.File, n.Line, n.Column, text)
}

func fileSums(files []sdk.File) map[string]string {
	sums := make(map[string]string, len(files))
	for _, f := range files {
		sums[f.Name] = hex.EncodeToString(f.SHA256[:])
	}
	return sums
}
