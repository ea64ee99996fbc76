package io.gatehouse.biometrics.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.biometrics.FacePictures;
import io.gatehouse.biometrics.face.FaceAnalysis.Analysed;
import io.gatehouse.biometrics.face.liveness.Liveness;
import io.gatehouse.biometrics.face.quality.QualityLimit;
import io.gatehouse.biometrics.face.quality.QualityMeasure;
import io.gatehouse.biometrics.face.quality.QualityProfile;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.frame.Frame;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FaceAnalyserTest {
    private static final FaceOptions LENIENT = FaceOptions.GATE.withProfile(QualityProfile.NONE);

    @Test
    void answersManyThreadsAsItAnswersOne() throws Exception {
        List<Frame> frames = frames(6);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (FaceAnalyser analyser = open(AnalysisListener.NONE)) {
            List<FaceAnalysis> alone = frames.stream().map(analyser::analyse).toList();
            List<Future<FaceAnalysis>> together = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                Frame frame = frames.get(i % frames.size());
                together.add(threads.submit(() -> analyser.analyse(frame)));
            }
            for (int i = 0; i < together.size(); i++) {
                assertThat(together.get(i).get()).isEqualTo(alone.get(i % frames.size()));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void givesTheNetworksBack() {
        Frame frame = frames(1).get(0);
        for (int i = 0; i < 3; i++) {
            FaceAnalyser analyser = open(AnalysisListener.NONE);
            analyser.analyse(frame);
            analyser.close();
            analyser.close();
            assertThatThrownBy(() -> analyser.analyse(frame))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void makesNoTemplateOfABadSample() {
        Frame frame = frames(1).get(0);
        QualityProfile impossible = QualityProfile.builder()
                .limit(QualityMeasure.INTER_EYE_DISTANCE, QualityLimit.raw(5_000, Double.POSITIVE_INFINITY))
                .build();
        try (FaceAnalyser analyser = FaceAnalyser.open(
                ModelPack.loadDefault(), ModelPack.loadLiveness(), FaceOptions.GATE.withProfile(impossible))) {
            FaceAnalysis.Face face = analyser.analyse(frame).fold(Analysed::first, none -> {
                throw new AssertionError(none.reason().toString());
            });
            assertThat(face.template()).isEmpty();
            assertThat(face.liveness()).isInstanceOf(Liveness.NotChecked.class);
            assertThat(face.refusals().get(0).text()).contains("come closer");
        }
    }

    @Test
    void makesTheSameTemplateOfALargePictureAsOfASmallOne() {
        Frame frame = frames(1).get(0);
        BufferedImage image = frame.toImage();
        BufferedImage large = new BufferedImage(1_500, 1_500, BufferedImage.TYPE_3BYTE_BGR);
        var graphics = large.createGraphics();
        graphics.drawImage(image.getScaledInstance(1_500, 1_500, Image.SCALE_SMOOTH), 0, 0, null);
        graphics.dispose();
        try (FaceAnalyser analyser = FaceAnalyser.insecureWithoutLiveness(ModelPack.loadDefault(), LENIENT)) {
            Template one = template(analyser, frame);
            Template other = template(analyser, Frame.of(large, FacePictures.AT, "large"));
            assertThat(one.distance(other)).isLessThan(0.25);
        }
    }

    @Test
    @Tag("long")
    void measuresItsStages() {
        Map<String, List<Long>> taken = new LinkedHashMap<>();
        ConcurrentLinkedQueue<Long> totals = new ConcurrentLinkedQueue<>();
        Frame frame = onVga(frames(1).get(0));
        try (FaceAnalyser analyser =
                open(event -> taken.computeIfAbsent(event.getClass().getSimpleName(), key -> new ArrayList<>())
                        .add(event.moment().tookNanos()))) {
            run(analyser, List.of(frame), 60);
            taken.clear();
            for (int i = 0; i < 200; i++) {
                long begin = System.nanoTime();
                analyser.analyseNearest(frame);
                totals.add(System.nanoTime() - begin);
            }
        }
        taken.forEach((stage, nanos) -> System.out.println(stage + " " + summary(nanos)));
        System.out.println("whole 640×480 frame " + summary(new ArrayList<>(totals)));
        assertThat(taken.get("TemplateMade")).hasSize(200);
    }

    private static String summary(List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "median %.2f ms, lowest %.2f ms",
                sorted.get(sorted.size() / 2) / 1e6,
                sorted.get(0) / 1e6);
    }

    private static void run(FaceAnalyser analyser, List<Frame> frames, int rounds) {
        for (int i = 0; i < rounds; i++) {
            assertThat(analyser.analyseNearest(frames.get(i % frames.size()))).isInstanceOf(Analysed.class);
        }
    }

    private static Template template(FaceAnalyser analyser, Frame frame) {
        return analyser.analyse(frame)
                .fold(Analysed::first, none -> {
                    throw new AssertionError(none.reason().toString());
                })
                .template()
                .orElseThrow();
    }

    private static FaceAnalyser open(AnalysisListener listener) {
        // Photographs of photographs: the threshold is out of the way, so that every stage runs.
        FaceOptions options = LENIENT.withLivenessThreshold(1e-9).withDominance(1);
        return FaceAnalyser.builder(ModelPack.loadDefault())
                .liveness(ModelPack.loadLiveness())
                .options(options)
                .listener(listener)
                .open();
    }

    private static List<Frame> frames(int count) {
        List<Path> pictures = FacePictures.people(FacePictures.folder("johns")).values().stream()
                .flatMap(List::stream)
                .toList();
        return pictures.subList(0, count).stream().map(FacePictures::frame).toList();
    }

    private static Frame onVga(Frame frame) {
        BufferedImage vga = new BufferedImage(640, 480, BufferedImage.TYPE_3BYTE_BGR);
        var graphics = vga.createGraphics();
        graphics.drawImage(frame.toImage().getScaledInstance(300, 300, Image.SCALE_SMOOTH), 170, 90, null);
        graphics.dispose();
        return Frame.of(vga, FacePictures.AT, "vga");
    }
}
