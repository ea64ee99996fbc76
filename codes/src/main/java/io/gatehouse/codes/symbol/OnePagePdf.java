package io.gatehouse.codes.symbol;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The five objects of a PDF with one square page of plain drawing (ISO 32000-1, 7.5); no library is needed for so little. */
final class OnePagePdf {
    private OnePagePdf() {}

    static byte[] of(double sidePoints, String content) {
        String side = String.format(Locale.ROOT, "%.4f", sidePoints);
        List<String> objects = List.of(
                "<< /Type /Catalog /Pages 2 0 R >>",
                "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 " + side + " " + side
                        + "] /Resources << >> /Contents 4 0 R >>",
                "<< /Length " + content.length() + " >>\nstream\n" + content + "endstream");
        StringBuilder pdf = new StringBuilder("%PDF-1.4\n");
        StringBuilder table = new StringBuilder("0000000000 65535 f \n");
        for (int i = 0; i < objects.size(); i++) {
            table.append(String.format(Locale.ROOT, "%010d 00000 n \n", pdf.length()));
            pdf.append(i + 1).append(" 0 obj\n").append(objects.get(i)).append("\nendobj\n");
        }
        int start = pdf.length();
        int count = objects.size() + 1;
        pdf.append("xref\n0 ").append(count).append('\n').append(table);
        pdf.append("trailer\n<< /Size ")
                .append(count)
                .append(" /Root 1 0 R >>\nstartxref\n")
                .append(start)
                .append("\n%%EOF\n");
        return pdf.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
