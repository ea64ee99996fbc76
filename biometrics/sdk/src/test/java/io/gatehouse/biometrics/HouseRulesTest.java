package io.gatehouse.biometrics;

import io.gatehouse.core.house.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    @Test
    void biometricsHoldsTheRulesOfTheHouse() {
        HouseRules.hold("biometrics");
    }
}
