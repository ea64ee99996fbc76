package io.gatehouse.biometrics.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.biometrics.evaluate.AttackFigures.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttackFiguresTest {
    @Test
    void countsEachSpeciesByItselfAndNamesTheWorst() {
        AttackFigures.Builder builder = AttackFigures.builder();
        for (int i = 0; i < 10; i++) {
            builder.attack("print", i < 1 ? Response.BONA_FIDE : Response.ATTACK);
            builder.attack("mask", i < 3 ? Response.BONA_FIDE : i < 8 ? Response.ATTACK : Response.NONE);
            builder.bonaFide(i < 2 ? Response.ATTACK : i == 2 ? Response.NONE : Response.BONA_FIDE);
        }
        AttackFigures figures = builder.build();
        assertThat(figures.apcer()).isEqualTo(Map.of("print", Proportion.of(1, 10), "mask", Proportion.of(3, 8)));
        assertThat(figures.worstApcer())
                .hasValueSatisfying(worst -> assertThat(worst.getKey()).isEqualTo("mask"));
        assertThat(figures.bpcer()).isEqualTo(Proportion.of(2, 9));
        assertThat(figures.apnrr()).isEqualTo(Map.of("print", Proportion.of(0, 10), "mask", Proportion.of(2, 10)));
        assertThat(figures.bpnrr()).isEqualTo(Proportion.of(1, 10));
    }

    @Test
    void threeSamplesMakeNoClaim() {
        AttackFigures figures = AttackFigures.builder()
                .attack("screen", Response.ATTACK)
                .attack("screen", Response.ATTACK)
                .attack("screen", Response.ATTACK)
                .build();
        Proportion apcer = figures.worstApcer().orElseThrow().getValue();
        assertThat(apcer.rate()).isZero();
        assertThat(apcer.clopperPearson(0.95).upper()).isGreaterThan(0.7);
        assertThat(figures.bpcer().rate()).isNaN();
        assertThat(AttackFigures.builder().build().worstApcer()).isEmpty();
    }
}
