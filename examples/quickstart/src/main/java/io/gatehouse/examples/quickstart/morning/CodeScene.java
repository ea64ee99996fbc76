package io.gatehouse.examples.quickstart.morning;

import io.gatehouse.codes.symbol.QrReader;
import io.gatehouse.codes.symbol.QrReaderOptions;
import io.gatehouse.codes.symbol.ReadSymbol;
import io.gatehouse.codes.token.IssuedPass;
import io.gatehouse.core.evidence.CodeEvidence;
import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.frame.FrameDecoder;
import io.gatehouse.core.frame.FrameLimits;
import io.gatehouse.core.frame.ImageIoFrameDecoder;
import io.gatehouse.core.gate.Passage;
import io.gatehouse.examples.quickstart.cast.Cast;
import io.gatehouse.examples.quickstart.premises.Premises;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A code is drawn, read back from its picture and let in; replayed, expired and altered ones are refused. */
final class CodeScene implements Scene {
    private final FrameDecoder decoder = ImageIoFrameDecoder.create(FrameLimits.DEFAULT);
    private final QrReader reader = QrReader.create(QrReaderOptions.DEFAULT);

    @Override
    public String title() {
        return "Codes";
    }

    @Override
    public void play(Premises premises, Cast cast, SceneLog log) throws IOException {
        String who = cast.decliner().name();
        log.mustOpen(
                "day pass from its picture",
                who,
                show(premises, premises.passOf(cast.decliner().id()), "day"));

        IssuedPass once = premises.passes().singlePass(cast.decliner().id());
        log.mustOpen("single pass from its picture", who, show(premises, once, "single"));
        log.mustRefuse("the same code again", who, show(premises, once, "single"), "code.replayed");

        IssuedPass expired = premises.passes().expiredPass(cast.decliner().id());
        log.mustRefuse("a code of yesterday", who, show(premises, expired, "expired"), "code.expired");

        String altered =
                altered(premises.passes().singlePass(cast.decliner().id()).text());
        Passage passage = premises.entrance().present(evidence(altered, premises));
        log.mustRefuse("a code with one letter changed", who, passage, "code.signature");
    }

    /** Draws the pass to a file, reads the file as a camera would, and presents what was read. */
    private Passage show(Premises premises, IssuedPass pass, String name) throws IOException {
        Path file = premises.file("code-" + name + ".png");
        premises.passes().draw(pass, file);
        Frame frame = decoder.decode(Files.readAllBytes(file), premises.clock().instant(), "code camera")
                .fold(decoded -> Optional.of(decoded.frame()), refused -> Optional.<Frame>empty())
                .orElseThrow(() -> new IOException(file + " was written just now and is no picture"));
        List<ReadSymbol> symbols = reader.read(frame).symbols();
        if (symbols.size() != 1) {
            throw new IOException(file + " shows " + symbols.size() + " codes, drawn was one");
        }
        return premises.entrance().present(symbols.get(0).toEvidence(frame));
    }

    private static CodeEvidence evidence(String text, Premises premises) {
        return CodeEvidence.ofText(text, premises.clock().instant(), "code camera");
    }

    /** Changes the last letter, which lies in the signature, to another one that base45 knows. */
    private static String altered(String text) {
        char last = text.charAt(text.length() - 1);
        return text.substring(0, text.length() - 1) + (last == '0' ? '1' : '0');
    }
}
