package io.gatehouse.biometrics.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.biometrics.FacePictures;
import io.gatehouse.biometrics.face.AnalysisEvent.Begun;
import io.gatehouse.biometrics.face.AnalysisEvent.Ended;
import io.gatehouse.biometrics.face.AnalysisEvent.FaceAligned;
import io.gatehouse.biometrics.face.AnalysisEvent.FaceRefused;
import io.gatehouse.biometrics.face.AnalysisEvent.FacesFound;
import io.gatehouse.biometrics.face.AnalysisEvent.Failed;
import io.gatehouse.biometrics.face.AnalysisEvent.LandmarksLocated;
import io.gatehouse.biometrics.face.AnalysisEvent.LivenessChecked;
import io.gatehouse.biometrics.face.AnalysisEvent.Moment;
import io.gatehouse.biometrics.face.AnalysisEvent.QualityAssessed;
import io.gatehouse.biometrics.face.AnalysisEvent.TemplateMade;
import io.gatehouse.biometrics.face.FaceAnalysis.Analysed;
import io.gatehouse.biometrics.face.quality.QualityLimit;
import io.gatehouse.biometrics.face.quality.QualityMeasure;
import io.gatehouse.biometrics.face.quality.QualityProfile;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.core.frame.Frame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class AnalysisListenerTest {
    private static final FaceOptions ALL_STAGES =
            FaceOptions.GATE.withProfile(QualityProfile.NONE).withLivenessThreshold(1e-9);

    @Test
    void hearsWhatEveryStageFound() {
        List<AnalysisEvent> heard = new ArrayList<>();
        try (FaceAnalyser analyser = open(ALL_STAGES, heard::add)) {
            Frame frame = face();
            FaceAnalysis analysis = analyser.analyse(frame);

            FaceAnalysis.Face face = ((Analysed) analysis).first();
            assertThat(classes(heard))
                    .containsExactly(
                            Begun.class,
                            FacesFound.class,
                            LandmarksLocated.class,
                            FaceAligned.class,
                            QualityAssessed.class,
                            LivenessChecked.class,
                            TemplateMade.class,
                            Ended.class);
            assertThat(((Begun) heard.get(0)).frame()).isSameAs(frame);
            assertThat(((FacesFound) heard.get(1)).boxes()).containsExactly(face.box());
            assertThat(((LandmarksLocated) heard.get(2)).landmarks()).isEqualTo(face.landmarks());
            assertThat(((FaceAligned) heard.get(3)).chip().width()).isEqualTo(150);
            assertThat(((QualityAssessed) heard.get(4)).quality()).isEqualTo(face.quality());
            assertThat(((LivenessChecked) heard.get(5)).liveness()).isEqualTo(face.liveness());
            assertThat(((TemplateMade) heard.get(6)).template())
                    .isEqualTo(face.template().orElseThrow());
            assertThat(((Ended) heard.get(7)).analysis()).isEqualTo(analysis);
        }
        assertThat(heard).extracting(event -> event.moment().analysis()).containsOnly(1L);
        assertThat(heard).extracting(event -> event.moment().elapsedNanos()).isSorted();
        assertThat(heard.subList(1, 7))
                .allSatisfy(event -> assertThat(event.moment())
                        .matches(moment -> moment.tookNanos() > 0 && moment.tookNanos() <= moment.elapsedNanos()));
    }

    @Test
    void hearsWhyNoTemplateWasMade() {
        List<AnalysisEvent> heard = new ArrayList<>();
        QualityProfile impossible = QualityProfile.builder()
                .limit(QualityMeasure.INTER_EYE_DISTANCE, QualityLimit.raw(5_000, Double.POSITIVE_INFINITY))
                .build();
        try (FaceAnalyser analyser = open(ALL_STAGES.withProfile(impossible), heard::add)) {
            FaceAnalysis.Face face = ((Analysed) analyser.analyse(face())).first();
            assertThat(classes(heard)).endsWith(QualityAssessed.class, FaceRefused.class, Ended.class);
            assertThat(((FaceRefused) heard.get(heard.size() - 2)).refusals()).isEqualTo(face.refusals());
        }
    }

    @Test
    void hearsThatAnAnalysisFailed() {
        List<AnalysisEvent> heard = new ArrayList<>();
        FaceAnalyser analyser = open(ALL_STAGES, heard::add);
        analyser.close();
        assertThatThrownBy(() -> analyser.analyse(face())).isInstanceOf(IllegalStateException.class);
        assertThat(classes(heard)).containsExactly(Begun.class, Failed.class);
        assertThat(((Failed) heard.get(1)).failure()).hasMessageContaining("closed");
    }

    @Test
    void losesNothingByAListenerThatThrows() {
        List<AnalysisEvent> heard = new ArrayList<>();
        Frame frame = face();
        AnalysisListener broken = event -> {
            throw new IllegalStateException("this listener always throws");
        };
        try (FaceAnalyser quiet = open(ALL_STAGES, AnalysisListener.NONE);
                FaceAnalyser analyser = FaceAnalyser.builder(ModelPack.loadDefault())
                        .liveness(ModelPack.loadLiveness())
                        .options(ALL_STAGES)
                        .listener(broken)
                        .listener(heard::add)
                        .open()) {
            assertThat(analyser.analyse(frame)).isEqualTo(quiet.analyse(frame));
        }
        assertThat(heard).hasSize(8);
    }

    @Test
    void tellsAnalysesOfManyThreadsApart() throws Exception {
        Map<Long, ConcurrentLinkedQueue<AnalysisEvent>> heard = new ConcurrentHashMap<>();
        Frame frame = face();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (FaceAnalyser analyser = open(
                ALL_STAGES,
                event -> heard.computeIfAbsent(event.moment().analysis(), n -> new ConcurrentLinkedQueue<>())
                        .add(event))) {
            List<Future<FaceAnalysis>> together = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                together.add(threads.submit(() -> analyser.analyse(frame)));
            }
            for (Future<FaceAnalysis> one : together) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(heard.keySet()).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
        assertThat(heard.values())
                .allSatisfy(events -> assertThat(classes(List.copyOf(events)))
                        .hasSize(8)
                        .startsWith(Begun.class)
                        .endsWith(Ended.class));
    }

    @Test
    void refusesAMomentBeforeTheBeginning() {
        assertThatThrownBy(() -> new Moment(0, 0, 0)).hasMessageContaining("0");
        assertThatThrownBy(() -> new Moment(1, -1, 0)).hasMessageContaining("-1 ns");
    }

    @Test
    void wantsAWordAboutLiveness() {
        FaceAnalyser.Builder builder = FaceAnalyser.builder(ModelPack.loadDefault());
        assertThatThrownBy(builder::open)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("liveness");
        builder.insecureWithoutLiveness().liveness(ModelPack.loadLiveness());
        assertThatThrownBy(builder::open)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("one of them");
    }

    private static FaceAnalyser open(FaceOptions options, AnalysisListener listener) {
        return FaceAnalyser.builder(ModelPack.loadDefault())
                .liveness(ModelPack.loadLiveness())
                .options(options)
                .listener(listener)
                .open();
    }

    private static List<Class<?>> classes(List<AnalysisEvent> events) {
        List<Class<?>> classes = new ArrayList<>();
        events.forEach(event -> classes.add(event.getClass()));
        return classes;
    }

    private static Frame face() {
        Path picture = FacePictures.people(FacePictures.folder("johns"))
                .values()
                .iterator()
                .next()
                .get(0);
        return FacePictures.frame(picture);
    }
}
