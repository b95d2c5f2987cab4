// Package rowgroup reads the rows of Parquet files as JSON, and writes JSON records as rows.
//
// The front door is [Open] and [File.Read], which returns the chunks of a file in order, and
// [Encoder.AppendUnit] with [Writer.Write], which make a file of chunks of records.
//
//	f, err := rowgroup.Open(file, size)
//	r := f.Read(rowgroup.Options{})
//	defer r.Close()
//	for {
//		c, err := r.Next(ctx)
//		if err == io.EOF {
//			break
//		}
//		… // c.Data: a line for every row
//	}
//
// # Vocabulary
//
//	row group  some rows of a file, column after column
//	page       some values of one column in a row group, compressed together
//	footer     what stands at the end of a file: the schema, and where everything is
//	chunk      4,096 rows of one row group, or fewer if these are more than 1 MiB, as lines of JSON
//	unit       a page of every column, made of one chunk of records
//	native     in the form that this package writes; see below
//	damage     what keeps the rest of a row group, or the file, from being read
//
// # What a value looks like
//
//	Parquet                                   JSON
//	string, enum                              a string; what is not UTF-8 becomes U+FFFD
//	properties, person_properties, set,       what the text says, as it stands, on one line;
//	set_once, and the logical type JSON       a string if it is not JSON
//	timestamp, INT96                          "2024-01-31T12:00:00.123456+00:00"; the fraction has the digits
//	                                          of the unit, or is left out if it is zero; the offset is left
//	                                          out if the time is not said to be UTC
//	date, time, interval                      "2024-01-31", "12:00:00.123", "P1M2DT3.004S"
//	integers, decimals                        a number with all its digits
//	float, double                             a number; null for NaN and the infinities
//	UUID                                      "0190a6c4-…"
//	other bytes                               a string if they are UTF-8, else base64
//	other bytes of a fixed number             base64
//	list, map, group                          an array, an object, an object
//	NULL                                      null
//
// # What is written
//
// The columns are those of PostHog's export of events, and extra. A member goes to the column of
// its name, in the nearest form that the column has; if that is not the very same, and for every
// member without a column, its name and text go to extra, which is a JSON object. A reader puts
// the members in extra in the place of those of the same name; a NULL is then a member that is
// missing. This holds for files with the mark plugreel.rows in their metadata, whoever wrote them.
// What comes back is the same record, but for the order of its members, the spelling of escapes in
// strings that have a column, and all but the last of members of the same name.
//
// # What it refuses
//
// Encrypted files, columns in other files, LZO and the LZ4 of Hadoop, whatever is larger than it
// can be (see checkRatio and maxRows), and groups without columns. All of it is [Damage]: the rest
// of the file is read. One bomb it does not see: in DELTA_BYTE_ARRAY a page may repeat the beginning
// of a long value for every other.
//
// # Design notes
//
// The library decodes pages well and trusts them: it allocates what headers claim, decompresses
// without end, and panics where levels and values do not match. So it never sees a file. Package
// rowgroup reads the footer and the headers of a row group first, and compares all numbers in them
// with each other and with the size of the file. Then it reads one page at a time, compares the
// checksum, decompresses into as many bytes as the header has promised, and hands the page on
// with a header that says that it is not compressed: see feed. What still panics is recovered
// in the goroutine where it happens, and is damage of the column that was at hand.
//
// Checksums of pages cover neither the headers of pages nor the footer. Of a row group with a wrong
// header nothing is delivered, since the numbers of values do not add up. The footers that this
// package writes carry a checksum of their own, in the metadata, and pages are of version 1, where
// the levels are covered by that of the page. So no flipped byte in our own files can change
// a value. In the files of others, a flip in the footer may: a name, a unit.
//
// All columns are read, always: a replay writes them all, and damage may be in any.
//
// Rows are put together from columns one by one: each column has a cursor that holds a page, and
// 128 values of it. Row groups are read by up to eight goroutines, each of which may be four chunks
// for every processor ahead, at most 64. Row groups that are larger than 256 MiB together are read one after the other: memory is
// that of the pages at hand, which the writer of the file has chosen.
//
// Writing is parallel the other way round: a worker makes the pages of a chunk, checksums and all,
// and the one goroutine that writes the file only collects them until a row group has 64 MiB.
// There are no dictionaries, as they would have to be the same for all pages of a row group; after
// compression that makes little difference.
package rowgroup
