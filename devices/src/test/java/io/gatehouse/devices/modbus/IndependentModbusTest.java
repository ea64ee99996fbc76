package io.gatehouse.devices.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ghgande.j2mod.modbus.Modbus;
import com.ghgande.j2mod.modbus.ModbusSlaveException;
import com.ghgande.j2mod.modbus.facade.ModbusSerialMaster;
import com.ghgande.j2mod.modbus.procimg.Register;
import com.ghgande.j2mod.modbus.procimg.SimpleDigitalIn;
import com.ghgande.j2mod.modbus.procimg.SimpleDigitalOut;
import com.ghgande.j2mod.modbus.procimg.SimpleProcessImage;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import com.ghgande.j2mod.modbus.slave.ModbusSlave;
import com.ghgande.j2mod.modbus.slave.ModbusSlaveFactory;
import com.ghgande.j2mod.modbus.util.BitVector;
import com.ghgande.j2mod.modbus.util.SerialParameters;
import io.gatehouse.devices.house.PtyPair;
import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.Links;
import io.gatehouse.devices.sim.SimulatedRelayBoard;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our master against j2mod's slave, and j2mod's master against our board, over a pseudo-terminal pair. */
class IndependentModbusTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("our master speaks with another maker's slave: functions 1, 2, 3, 5, 6, 15, 16 and an exception")
    void speaksWithAnIndependentSlave() throws Exception {
        try (PtyPair cable = PtyPair.open(folder)) {
            SimpleProcessImage image = new SimpleProcessImage(1);
            for (int i = 0; i < 4; i++) {
                image.addDigitalOut(new SimpleDigitalOut(false));
                image.addRegister(new SimpleRegister(0));
                image.addDigitalIn(new SimpleDigitalIn(i == 1));
            }
            ModbusSlave slave = ModbusSlaveFactory.createSerialSlave(parameters(cable.right()));
            slave.addProcessImage(1, image);
            slave.open();
            try (Link link = Links.create().open("serial:" + cable.left() + "?baud=19200")) {
                ModbusMaster master =
                        ModbusMaster.create(link, new ModbusOptions(Duration.ofSeconds(10), Duration.ofMillis(5)));
                RelayBoard board = RelayBoard.create(master, 1, 4);

                assertThat(board.set(2, true).isDone()).isTrue();
                assertThat(image.getDigitalOut(2).isSet()).isTrue();
                assertThat(board.states())
                        .isEqualTo(
                                new ModbusAnswer.Replied(new ModbusReply.Coils(1, List.of(false, false, true, false))));
                assertThat(master.execute(new ModbusRequest.WriteCoils(1, 0, List.of(true, true, false))))
                        .isInstanceOf(ModbusAnswer.Replied.class);
                assertThat(image.getDigitalOut(1).isSet()).isTrue();
                assertThat(image.getDigitalOut(2).isSet()).isFalse();
                assertThat(master.execute(new ModbusRequest.WriteRegister(1, 0, 0xBEEF)))
                        .isInstanceOf(ModbusAnswer.Replied.class);
                assertThat(image.getRegister(0).toUnsignedShort()).isEqualTo(0xBEEF);
                assertThat(master.execute(new ModbusRequest.WriteRegisters(1, 2, List.of(7, 65_535))))
                        .isInstanceOf(ModbusAnswer.Replied.class);
                assertThat(image.getRegister(3).toUnsignedShort()).isEqualTo(65_535);
                assertThat(master.execute(new ModbusRequest.ReadRegisters(1, 0, 4)))
                        .isEqualTo(
                                new ModbusAnswer.Replied(new ModbusReply.Registers(1, List.of(0xBEEF, 0, 7, 65_535))));
                assertThat(board.inputs(4))
                        .isEqualTo(new ModbusAnswer.Replied(
                                new ModbusReply.Inputs(1, List.of(false, true, false, false))));
                assertThat(master.execute(new ModbusRequest.WriteCoil(1, 99, true)))
                        .isInstanceOf(ModbusAnswer.Refused.class);
            } finally {
                slave.close();
            }
        }
    }

    @Test
    @DisplayName("our simulated board obeys another maker's master: functions 1, 2, 3, 5, 6, 15, 16 and an exception")
    void obeysAnIndependentMaster() throws Exception {
        try (PtyPair cable = PtyPair.open(folder);
                SimulatedRelayBoard board = SimulatedRelayBoard.open(
                        Links.create().open("serial:" + cable.left() + "?baud=19200"), 1, 4, InstantSource.system())) {
            ModbusSerialMaster master = new ModbusSerialMaster(parameters(cable.right()));
            master.connect();
            try {
                assertThat(master.writeCoil(1, 3, true)).isTrue();
                assertThat(board.isOn(3)).isTrue();
                assertThat(master.readCoils(1, 0, 4).getBit(3)).isTrue();
                board.input(5, true);
                assertThat(master.readInputDiscretes(1, 4, 2).getBit(1)).isTrue();
                assertThat(master.writeSingleRegister(1, 2, new SimpleRegister(0xBEEF)))
                        .isEqualTo(0xBEEF);
                assertThat(master.writeMultipleRegisters(
                                1, 3, new Register[] {new SimpleRegister(7), new SimpleRegister(9)}))
                        .isEqualTo(2);
                assertThat(master.readMultipleRegisters(1, 2, 3))
                        .extracting(Register::toUnsignedShort)
                        .containsExactly(0xBEEF, 7, 9);
                BitVector both = new BitVector(2);
                both.setBit(0, true);
                master.writeMultipleCoils(1, 0, both);
                assertThat(board.isOn(0)).isTrue();
                assertThat(board.isOn(1)).isFalse();
                assertThatThrownBy(() -> master.writeCoil(1, 99, true)).isInstanceOf(ModbusSlaveException.class);
            } finally {
                master.disconnect();
            }
        }
    }

    private static SerialParameters parameters(String port) {
        SerialParameters parameters = new SerialParameters();
        parameters.setPortName(port);
        parameters.setBaudRate(19_200);
        parameters.setDatabits(8);
        parameters.setParity("None");
        parameters.setStopbits(1);
        parameters.setEncoding(Modbus.SERIAL_ENCODING_RTU);
        parameters.setEcho(false);
        return parameters;
    }
}
