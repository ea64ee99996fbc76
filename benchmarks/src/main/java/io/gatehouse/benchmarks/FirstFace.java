package io.gatehouse.benchmarks;

import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceAnalysis;
import io.gatehouse.biometrics.face.FaceOptions;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.picture.OpenCvFrameDecoder;
import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.frame.FrameDecoder.Decoded;
import io.gatehouse.core.frame.FrameLimits;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/**
 * How long after its start a fresh Java machine has looked at its first face, all libraries and models loaded: {@code
 * java -cp target/benchmarks.jar io.gatehouse.benchmarks.FirstFace PICTURE}. Run it several times: the first run on a
 * machine unpacks the native libraries.
 */
public final class FirstFace {
    private FirstFace() {}

    public static void main(String[] arguments) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of(arguments[0]));
        long atMain = sinceStart();
        try (FaceAnalyser analyser =
                FaceAnalyser.open(ModelPack.loadDefault(), ModelPack.loadLiveness(), FaceOptions.GATE)) {
            long opened = sinceStart();
            Frame frame = OpenCvFrameDecoder.create(FrameLimits.DEFAULT)
                    .decode(bytes, Instant.EPOCH, arguments[0])
                    .fold(Decoded::frame, refused -> {
                        throw new IllegalArgumentException(refused.reason().text());
                    });
            long decoded = sinceStart();
            FaceAnalysis analysis = analyser.analyseNearest(frame);
            System.out.printf(
                    Locale.ROOT,
                    "ms since the start: main %d, analyser open %d, picture decoded %d, first result %d; %d ms of"
                            + " processor time; %s%n",
                    atMain,
                    opened,
                    decoded,
                    sinceStart(),
                    ProcessHandle.current()
                            .info()
                            .totalCpuDuration()
                            .orElseThrow()
                            .toMillis(),
                    analysis.getClass().getSimpleName());
        }
    }

    private static long sinceStart() {
        return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    }
}
