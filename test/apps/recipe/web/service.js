import { create, createFileRegistry } from '@bufbuild/protobuf';
import {
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FileDescriptorProtoSchema,
} from '@bufbuild/protobuf/wkt';

const text = (name, number) => ({
  name,
  number,
  type: FieldDescriptorProto_Type.STRING,
  label: FieldDescriptorProto_Label.OPTIONAL,
});

/** What a compiler would make of a .proto file with `service Greeter { Greet(Word) returns (Word); Count(Word) returns (stream Word) }`. */
const file = create(FileDescriptorProtoSchema, {
  name: 'greeter.proto',
  package: 'test',
  syntax: 'proto3',
  messageType: [{ name: 'Word', field: [text('text', 1)] }],
  service: [
    {
      name: 'Greeter',
      method: [
        { name: 'Greet', inputType: '.test.Word', outputType: '.test.Word' },
        { name: 'Count', inputType: '.test.Word', outputType: '.test.Word', serverStreaming: true },
        { name: 'Refuse', inputType: '.test.Word', outputType: '.test.Word' },
      ],
    },
  ],
});
export const Greeter = createFileRegistry(file, () => undefined).getService('test.Greeter');
