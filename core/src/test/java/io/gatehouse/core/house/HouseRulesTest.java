package io.gatehouse.core.house;

import org.junit.jupiter.api.Test;

class HouseRulesTest {
    @Test
    void coreHoldsTheRulesOfTheHouse() {
        HouseRules.hold("core");
    }
}
