package io.gatehouse.benchmarks;

import ai.onnxruntime.OrtException;
import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceAnalysis;
import io.gatehouse.biometrics.face.FaceOptions;
import io.gatehouse.biometrics.model.DetectorModel;
import io.gatehouse.biometrics.model.EmbedderModel;
import io.gatehouse.biometrics.model.LandmarkModel;
import io.gatehouse.biometrics.model.LivenessModel;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.core.frame.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The whole way from a frame of 640×480 pixels with one face to a template, beside the networks that it runs (detector,
 * landmarks, embedder on face and mirror image, and liveness) by themselves on tensors made before. The difference is
 * the share of everything else: resizing, alignment, quality, filling tensors, reading outputs, DJL.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 4, time = 4)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls what is marked with @Setup before anything else.
public class FaceBenchmark {
    @Param("../examples/quickstart/target/demo-photos/sample6.jpg")
    private String picture;

    private Frame frame;
    private FaceAnalyser whole;
    private FaceAnalyser withoutLiveness;
    private BareNetwork detector;
    private BareNetwork landmarks;
    private BareNetwork liveness;
    private BareNetwork embedder;

    @Setup
    public void open() throws IOException, OrtException {
        ModelPack pack = ModelPack.loadDefault();
        ModelPack livenessPack = ModelPack.loadLiveness();
        whole = FaceAnalyser.open(pack, livenessPack, FaceOptions.GATE);
        withoutLiveness = FaceAnalyser.insecureWithoutLiveness(pack, FaceOptions.GATE);
        frame = GatePicture.cut(Path.of(picture), whole);
        DetectorModel first = pack.requireDetector();
        detector = BareNetwork.open(pack, first.file(), first.input(), 1, frame);
        LandmarkModel second = pack.requireLandmarks();
        landmarks = BareNetwork.open(pack, second.file(), second.input(), 1, frame);
        LivenessModel third = livenessPack.requireLiveness();
        liveness = BareNetwork.open(livenessPack, third.file(), third.input(), 1, frame);
        EmbedderModel last = pack.requireEmbedder();
        embedder = BareNetwork.open(pack, last.file(), last.input(), last.averageWithMirror() ? 2 : 1, frame);
    }

    @TearDown
    public void close() throws OrtException {
        whole.close();
        withoutLiveness.close();
        detector.close();
        landmarks.close();
        liveness.close();
        embedder.close();
    }

    @Benchmark
    public FaceAnalysis analyse() {
        return whole.analyse(frame);
    }

    @Benchmark
    public FaceAnalysis analyseWithoutLiveness() {
        return withoutLiveness.analyse(frame);
    }

    /** The peer: the four networks that {@link #analyse} runs. */
    @Benchmark
    public int bareNetworks() throws OrtException {
        return detector.run() + landmarks.run() + liveness.run() + embedder.run();
    }

    /** The peer: the three networks that {@link #analyseWithoutLiveness} runs. */
    @Benchmark
    public int bareNetworksWithoutLiveness() throws OrtException {
        return detector.run() + landmarks.run() + embedder.run();
    }
}
