package io.gatehouse.codes.label;

import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;

/** Writes so many labels into a file: {@code ManyLabels <file> <labels> [font]}. Run by a test with a small heap. */
final class ManyLabels {
    private ManyLabels() {}

    public static void main(String[] arguments) throws Exception {
        long count = Long.parseLong(arguments[1]);
        LabelSheets sheets = arguments.length > 2
                ? LabelSheets.create(SheetLayout.L7160, LabelOptions.STANDARD, Path.of(arguments[2]))
                : LabelSheets.create(SheetLayout.L7160, LabelOptions.STANDARD);
        long[] reports = {0, 0};
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[0])))) {
            sheets.write(
                    LongStream.range(0, count)
                            .mapToObj(number ->
                                    Label.of(LabelId.numbered("G", number, 8), "Goods", "Batch " + number / 100))
                            .iterator(),
                    out,
                    done -> {
                        reports[0]++;
                        reports[1] = done;
                        return true;
                    });
        }
        System.out.println(reports[0] + " reports, the last of " + reports[1]);
    }
}
