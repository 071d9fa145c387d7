package dev.keyling.jdbc;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters of one run of a statement, as they were set. */
record Row(List<Parameter> parameters) {

  /**
   * One call.
   *
   * @param sqlType 0 where the setter has none
   */
  record Parameter(int index, Setter setter, @Nullable Object value, int sqlType) {}

  void write(DataOutputStream out) throws IOException {
    out.writeShort(parameters.size());
    for (Parameter parameter : parameters) {
      out.writeShort(parameter.index());
      out.writeByte(parameter.setter().ordinal());
      out.writeInt(parameter.sqlType());
      Scalar scalar = Scalar.of(parameter.value());
      if (scalar == null) {
        throw new IllegalStateException("not a scalar: " + parameter.value());
      }
      scalar.write(out, parameter.value());
    }
  }

  static Row read(DataInputStream in) throws IOException {
    List<Parameter> parameters = new ArrayList<>();
    for (int i = in.readShort(); i > 0; i--) {
      int index = in.readShort();
      Setter setter = Setter.values()[in.readByte()];
      int sqlType = in.readInt();
      parameters.add(new Parameter(index, setter, Scalar.read(in), sqlType));
    }
    return new Row(parameters);
  }

  void setIn(PreparedStatement statement) throws SQLException {
    for (Parameter each : parameters) {
      each.setter().set(statement, each.index(), each.value(), each.sqlType());
    }
  }

  @Override
  public String toString() {
    return parameters.stream().map(Parameter::value).toList().toString();
  }
}
