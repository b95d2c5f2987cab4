// Package input finds the files of a replay, undoes their compression and cuts them into
// chunks of whole lines. Rows of Parquet are read as lines, too, by package rowgroup.
//
// The front door is [Expand], which turns command line arguments into inputs, [Open], which
// opens one of them, and [Reader.Next], which returns its chunks. [LineReader] walks the
// lines of a chunk.
//
//	inputs, err := input.Expand(nil, []string{"exports/2024-03/"})
//	s, err := input.Open(ctx, inputs[0], input.Options{})
//	defer s.Close()
//	for {
//		c, err := s.Next(ctx)
//		if err == io.EOF {
//			break
//		}
//		…
//		for lines := input.NewLineReader(c.Data); ; {
//			line, off, ok := lines.Next()
//			…
//		}
//	}
//
// # Vocabulary
//
//	input     a file, or standard input, to be read once from its start to its end
//	kind      what the content of an input is: plain, gzip, zstd, brotli, Parquet or something refused
//	offset    a position in the decompressed data, in bytes, a byte order mark included
//	line      the bytes up to a line feed; the last one of an input may lack it
//	chunk     whole lines, cut after the first line end at or past Options.ChunkBytes; or rows of one row group
//	oversize  a line of more than Options.MaxRecord bytes; it is a chunk of its own, cut short
//	damage    the rest of an input, or of a row group, whose data is truncated or corrupt
//	position  an offset with the number of the line there; each chunk has the one of its end
//	vouched   covered by a checksum that has been read and was right
//
// # What it refuses
//
// Encrypted Parquet files, archives (zip) and compressions that PostHog never wrote around a
// file (xz, bzip2, lz4, snappy) are recognised by their content and refused with an
// [*UnsupportedError]; so is Parquet in a stream, since it is read from its end. Nothing here looks into a line: JSON is the consumer's business.
//
// # Design notes
//
// Chunks are a function of the content alone: not of read sizes, of timing or of who
// consumes them. This is what makes a replay repeatable at any number of workers, and a
// resumed run find the same chunks again. The one exception is a failing disk or a
// cancelled context: it ends the input with an error, at the last whole chunk.
//
// Reading can begin at the end of any chunk of an earlier reading ([Options.Start]), and gives
// the chunks that came after it then. A plain file is sought; compressed data is decoded up to
// there, which takes a fraction of the time that its records had taken; of Parquet that is only the row
// group in which reading begins.
//
// A chunk's buffer is read into directly. Reads stop a little past ChunkBytes, so that what
// is carried over to the next buffer is a few kilobytes and not half a chunk. Memory is
// one chunk plus the longest accepted line, whatever the size of the file and whatever the
// compression ratio: a decompression bomb is only a long file. Zstandard frames that ask
// for a window of more than 128 MiB (the limit of the zstd tool) are damage.
//
// PostHog writes gzip exports with one member per record. Members are therefore decoded one
// by one with one reused decoder, straight into the chunk. What remains is the price of the
// format. Nothing repeats inside one record, so there are almost four times as many compressed
// bytes to decode as in one member, and each record has Huffman tables of its own, which take
// a third of the time: 4 to 5 times the CPU time of one member. Per compressed byte it is 1.3
// times. The gzip tool needs 2.2 to 3.1 times as much, and more than this package for both.
//
// A decoder can hand out bytes before it has seen the checksum that covers them. For
// truncation, by far the most common damage, all whole lines before it are delivered: they
// are what was written. For corruption, the bytes of the chunk at hand that no checksum
// vouches for are withheld, because a flipped bit usually decodes to garbage for a while
// before the decoder notices. (Now and then a flipped bit looks like a truncation.) What was
// delivered without a checksum, then or in earlier chunks, cannot be called back;
// [Damage].Vouched tells from where on it is in doubt. Brotli has no checksum at all: there
// everything before the decoder's error is delivered, and a flip that still decodes is not
// noticed by anyone. After damage nothing more is read from the input: finding the next
// gzip member by its two magic bytes is a guess.
//
// An error of the file system is never taken for damage, nor damage for an error of the
// file system: the raw reader remembers its own errors.
package input
